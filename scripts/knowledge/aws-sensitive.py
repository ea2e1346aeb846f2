#!/usr/bin/env python3
"""Makes knowledge/aws-sensitive.json: which option of which AWS operation holds a secret.

Source: the service models of botocore, which mark shapes as `"sensitive": true`. The mark is wider than secrets: it is on names,
addresses and descriptions too, and a person decides by some of these. Kept are the members whose own name says that they open or
lock something, the values of maps that are marked as a whole, and members that carry environment variables, marked or not.

A record: an option, `.MEMBER` within its value, `{}` where every value below is one; then the operations, by service.
Run: npm run knowledge -- aws-sensitive, with the AWS CLI version 1 in the Python that `python3` is.
"""
import re

from tables import aws_cli, hand_on

_, botocore, _ = aws_cli()
import botocore.session  # noqa: E402
from botocore import xform_name  # noqa: E402

LOCKS = re.compile(
    r"passw|passphrase|secret|token|credential|private.?key|api.?key|auth|plaintext|user.?data|otp|saml|assertion|cookie|^session$|hash$"
    r"|customer.?key|shared.?key|key.?material|access.?key|key.?passphrase|connection.?properties|^logins$|^(?:confirmation|verification|email.?verification)?.?code$|key.?block|pin.?(?:validation|offset)|^zip.?file$|headers?$",
    re.I)
NAMES = re.compile(
    r"(?:next|client|client.?request|continuation|pagination|idempotency|starting|page|paging|work.?unit|feedback)_?token$"
    r"|(?:arn|ids?|name|type|policy|url|uri|path|config|configuration|mode|status|description|sectionheader|useragentheader)$"
    r"|^(?:max|min)|license|email|^description|prompt|instruction", re.I)
ENVIRONMENT = re.compile(r"^(?:environment|runtimeenvironment)?(?:variables|secrets)$|^environment(?:variables(?:override)?)?$|^env$|^defaultarguments$|^optionsettings$", re.I)
# Or its documentation says it.
SAYS = re.compile(r"password|passphrase|secret key|client secret|shared secret|private key|auth(?:entication|orization)? token|API key|credentials? (?:for|to)|access key|bearer token", re.I)
# Not marked, and a place of secrets all the same: a parameter's value may be a SecureString's.
# A key of an API, material of a key and the passwords of a user open something, and their models mark none of them.
MORE = {"ssm put-parameter": ["value"], "apigateway create-api-key": ["value"], "kms import-key-material": ["encrypted-key-material"],
        "elasticache create-user": ["passwords", "authentication-mode.Passwords"], "elasticache modify-user": ["passwords", "authentication-mode.Passwords"],
        "memorydb create-user": ["authentication-mode.Passwords"], "memorydb update-user": ["authentication-mode.Passwords"], "cloudformation create-stack": ["parameters{}"], "cloudformation update-stack": ["parameters{}"],
        "cloudformation create-change-set": ["parameters{}"], "cloudformation create-stack-set": ["parameters{}"], "cloudformation update-stack-set": ["parameters{}"],
        "cloudformation create-stack-instances": ["parameter-overrides{}"], "cloudformation update-stack-instances": ["parameter-overrides{}"]}


def secret_places(shape, leaf, seen=frozenset(), by_map=False, documented=""):
    """Gives (name of the member, whether it holds pairs) for each secret place below a shape."""
    pairs = shape.type_name == "map" or (shape.type_name == "list" and shape.member.type_name == "structure")
    if ENVIRONMENT.match(leaf) and (pairs or shape.type_name == "structure"):
        yield leaf, True
        return
    if shape.metadata.get("sensitive"):
        if by_map or (shape.type_name == "map" and LOCKS.search(leaf)):
            if LOCKS.search(leaf) or ENVIRONMENT.match(leaf):
                yield leaf, True
        elif not NAMES.search(leaf) and (LOCKS.search(leaf) or (shape.type_name == "string" and SAYS.search(shape.documentation or documented))):
            yield leaf, False
        return
    if shape.name in seen:
        return
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            yield from secret_places(member, name, seen | {shape.name}, documented=member.documentation)
    elif shape.type_name == "list":
        yield from secret_places(shape.member, leaf, seen, by_map)
    elif shape.type_name == "map":
        yield from secret_places(shape.value, leaf, seen, True)


def main():
    session = botocore.session.get_session()
    found = {}
    for service in session.get_available_services():
        model = session.get_service_model(service)
        for operation in model.operation_names:
            shape = model.operation_model(operation).input_shape
            if shape is None:
                continue
            entries = set(MORE.get(f"{service} {xform_name(operation, '-')}", []))
            for name, member in shape.members.items():
                for leaf, pairs in secret_places(member, name, documented=member.documentation):
                    entries.add(f"{xform_name(name, '-')}{'' if leaf == name else '.' + leaf}{'{}' if pairs else ''}")
            for entry in entries:
                found.setdefault(entry, {}).setdefault(service, []).append(xform_name(operation, "-"))
    places = {entry: ' '.join(f"{service}:{','.join(sorted(ops))}" for service, ops in sorted(services.items())) for entry, services in found.items()}
    hand_on({'sources': {'botocore': botocore.__version__}, 'places': places}, f'{len(places)} places')


main()
