"""A standard gRPC client that knows nothing of this project: health, reflection, then a query.

It is given a target and prints one JSON object with what it received. Messages are built from what
the branch tells by reflection; only the two small protocols that lead there are written out here.
"""

import json
import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

DEADLINE = 10


def varint(data, at):
    value, shift = 0, 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def fields(data):
    """The length-delimited fields of a message, as (number, bytes)."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        value, at = varint(data, at)
        if key & 7 == 2:
            yield key >> 3, data[at : at + value]
            at += value


def text_field(number, text):
    data = text.encode()
    return bytes([number << 3 | 2, len(data)]) + data


def health(channel, service):
    check = channel.unary_unary("/grpc.health.v1.Health/Check")
    answer = check(text_field(1, service) if service else b"", timeout=DEADLINE)
    return {b"\x08\x01": "SERVING", b"\x08\x02": "NOT_SERVING"}.get(answer, repr(answer))


def reflect(channel, version, request):
    info = channel.stream_stream(f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo")
    return next(iter(info(iter([request]), timeout=DEADLINE)))


def services(channel, version):
    answer = reflect(channel, version, text_field(7, "*"))
    listed = [data for number, data in fields(answer) if number == 6]
    return sorted(
        name.decode()
        for response in listed
        for _, service in fields(response)
        for number, name in fields(service)
        if number == 1
    )


def load_bank(channel):
    answer = reflect(channel, "v1", text_field(4, "bank.Branch"))
    pool = descriptor_pool.DescriptorPool()
    for number, response in fields(answer):
        for _, file in fields(response) if number == 4 else ():
            pool.Add(descriptor_pb2.FileDescriptorProto.FromString(file))
    return pool


def query(channel, pool):
    method = pool.FindServiceByName("bank.Branch").FindMethodByName("Query")
    factory = message_factory.MessageFactory(pool)
    call = channel.unary_unary(
        "/bank.Branch/Query",
        request_serializer=lambda message: message.SerializeToString(),
        response_deserializer=factory.GetPrototype(method.output_type).FromString,
    )
    answer = call(factory.GetPrototype(method.input_type)(), timeout=DEADLINE)
    return {"balance": answer.balance, "present": answer.HasField("balance")}


def main():
    with grpc.insecure_channel(sys.argv[1]) as channel:
        seen = {
            "health": [health(channel, ""), health(channel, "bank.Branch")],
            "v1": services(channel, "v1"),
            "v1alpha": services(channel, "v1alpha"),
            "query": query(channel, load_bank(channel)),
        }
        print(json.dumps(seen))


main()
