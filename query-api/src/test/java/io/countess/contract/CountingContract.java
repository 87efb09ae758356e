package io.countess.contract;

/**
 * What the service does at its door, in every way in which it can be asked. A class that runs it
 * starts a service and says how to ask that; the tests keep to namespaces of their own.
 */
interface CountingContract
    extends KindContract,
        LimitContract,
        SeveralLimitsContract,
        ValueContract,
        PeekContract,
        IdContract,
        ReleaseContract,
        ClaimContract,
        BatchContract,
        PolicyContract,
        PolicyOfOneContract,
        JournalContract,
        KeptWindowContract,
        ChangeContract,
        ListingContract,
        TotalsContract,
        NameContract,
        PositionContract,
        InputContract {}
