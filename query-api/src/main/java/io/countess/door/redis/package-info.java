/**
 * The Redis door: RESP 2 and 3 on Netty. Knows the floor, and holds nothing but connections and
 * what is under way.
 *
 * <p>A request passes {@code RequestParser} (bytes to arguments), {@code RespHandler} (one
 * connection: whose turn it is, replies in order), {@code Desk} (form, login, place, meters) and
 * its command. {@code Told} is the one place where an outcome becomes an error of the protocol.
 *
 * <p><b>A command is added</b> to one of the classes that list them, such as {@code
 * ConnectionCommands}: a {@code RedisCommand} with its name, its arity as {@code COMMAND INFO}
 * shows it, whether it reads, writes or does neither, where its keys stand, and a function from a
 * {@code Call} to the stage of a {@code Told}. {@code CommandTable.of} names the classes. Commands
 * that touch the same key of one connection take turns by themselves: those that write go to the
 * log in their order and may be under way together, and one that reads waits for them.
 */
package io.countess.door.redis;
