"""What a description can't say of right requests, so that they are not drawn."""

from numbers import Number

import schemathesis


@schemathesis.hook
def filter_case(context, case):
    """Leaves out a range of counts that ends before it begins."""
    query = case.query or {}
    least, most = query.get("min"), query.get("max")
    both = isinstance(least, Number) and isinstance(most, Number)
    return not (both and least > most)


@schemathesis.hook
def before_call(context, case, kwargs):
    """Asks for no window by a right request: only namespaces whose policy keeps windows have them."""
    if case.query and case.meta and case.meta.generation.mode.is_positive:
        case.query.pop("window", None)
