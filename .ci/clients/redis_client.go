// go-redis at the Redis door.
package main

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"strings"

	"github.com/redis/go-redis/v9"
)

func check(right bool, what ...any) {
	if !right {
		fmt.Fprintln(os.Stderr, append([]any{"FAILED:"}, what...)...)
		os.Exit(1)
	}
}

func main() {
	ctx := context.Background()
	client := redis.NewClient(&redis.Options{Addr: "127.0.0.1:" + os.Args[1], ClientName: "go"})
	pong, err := client.Ping(ctx).Result()
	check(pong == "PONG", pong, err)
	five, err := client.Do(ctx, "CL.THROTTLE", "go", 15, 30, 60).Int64Slice()
	check(reflect.DeepEqual(five, []int64{0, 16, 15, -1, 2}), five, err)
	pipe := client.Pipeline()
	for i := 0; i < 100; i++ {
		pipe.Do(ctx, "MCAPTCHA_CACHE.COUNT", "go", 60)
	}
	last := pipe.Do(ctx, "MCAPTCHA_CACHE.GET", "go")
	_, err = pipe.Exec(ctx)
	hits, _ := last.Text()
	check(err == nil && hits == "100", hits, err)
	multi := client.TxPipeline()
	count := multi.IncrBy(ctx, "{go}hits", 2)
	held := multi.Get(ctx, "{go}hits")
	_, err = multi.Exec(ctx)
	check(err == nil && count.Val() == 2 && held.Val() == "2", count, held, err)
	err = client.Do(ctx, "LPUSH", "go", 1).Err()
	check(err != nil && strings.HasPrefix(err.Error(), "ERR unknown command 'LPUSH'"), err)
	fmt.Println("right")
}
