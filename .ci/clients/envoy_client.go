// grpc-go with Envoy's own messages at the Envoy door. Limits are those of envoy.yaml.
package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	common "github.com/envoyproxy/go-control-plane/envoy/extensions/common/ratelimit/v3"
	rls "github.com/envoyproxy/go-control-plane/envoy/service/ratelimit/v3"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

func expect(what string, told, expected any) {
	if fmt.Sprint(told) != fmt.Sprint(expected) {
		fmt.Printf("FAILED: %s: %v, not %v\n", what, told, expected)
		os.Exit(1)
	}
}

func descriptor(entries ...string) *common.RateLimitDescriptor {
	it := &common.RateLimitDescriptor{}
	for i := 0; i < len(entries); i += 2 {
		it.Entries = append(it.Entries, &common.RateLimitDescriptor_Entry{Key: entries[i], Value: entries[i+1]})
	}
	return it
}

func main() {
	connection, err := grpc.NewClient("127.0.0.1:"+os.Args[1], grpc.WithTransportCredentials(insecure.NewCredentials()))
	expect("the connection", err, nil)
	limits := rls.NewRateLimitServiceClient(connection)
	ask := func(descriptors ...*common.RateLimitDescriptor) *rls.RateLimitResponse {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		response, err := limits.ShouldRateLimit(ctx, &rls.RateLimitRequest{Domain: "ci", Descriptors: descriptors})
		expect("an answer", err, nil)
		return response
	}
	user, nested := descriptor("user", "go"), descriptor("user", "go", "action", "post")
	first := ask(user, nested)
	expect("both", first.OverallCode, rls.RateLimitResponse_OK)
	expect("what is left", first.Statuses[1].LimitRemaining, 0)
	refused := ask(user, nested)
	expect("one of both", refused.OverallCode, rls.RateLimitResponse_OVER_LIMIT)
	expect("nothing counted", refused.Statuses[0].LimitRemaining, 2)

	var passed atomic.Int64
	var all sync.WaitGroup
	for i := 0; i < 500; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			if ask(descriptor("many", "go")).OverallCode == rls.RateLimitResponse_OK {
				passed.Add(1)
			}
		}()
	}
	all.Wait()
	expect("of 500 at once", passed.Load(), 200)
}
