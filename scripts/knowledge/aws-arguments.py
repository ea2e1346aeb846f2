#!/usr/bin/env python3
"""Makes knowledge/aws-arguments.json: what the AWS CLI makes of the words of an option.

Run: npm run knowledge -- aws-arguments, after doors, with the AWS CLI version 1 in the Python that `python3` is.

`operations`, by `service:Api`: the members of each door that hold what is handed in, as `Member:kind` or `Member:kind:option` where the
option has another name than botocore's rule gives. A kind is `text`, `list` (of texts), `data` (a structure, a map, or a list of those:
shorthand or JSON) or `json` (JSON only). Members that are texts under their own option are left out.
`policies`, by `service:Api`: the members whose text is a policy document.
`commands`, by the words of a command: the options of the CLI's own commands, with `:N` or `:+` behind one that takes words (`:1` is left
out), `:0` behind a flag. Source: awscli's own argument tables.
"""
import re

from tables import aws_cli, hand_on, table

awscli, botocore, COMMANDS = aws_cli()
from awscli.argprocess import _supports_shorthand_syntax  # noqa: E402
from awscli.arguments import BooleanArgument  # noqa: E402
from awscli.clidriver import ServiceCommand, ServiceOperation  # noqa: E402
from awscli.customizations.commands import BasicCommand  # noqa: E402
from awscli.utils import is_document_type_container  # noqa: E402
from botocore import xform_name  # noqa: E402

# Source: the models' documentation of these members; the others of such a name hold a name, a type or a number, or only narrow a session.
POLICY = re.compile(r'(?:^|[a-z0-9])[Pp]olicy(?:Document|Text|Body)?$|^AccessPolicies$|^PolicyInJson$')
NO_POLICY = re.compile(r'^sts:|^workspaces-web:|:(?:Ssl|Notification|[lL]ifecycle|ExecutionRoleSession|Stack|DataProtection|session)Policy|:(?:Create|Update)TrafficPolicy')


def policy_members(service, api, shape):
    if shape is None or re.match('(?:Get|List|Describe|Batch[GD]|Search|Validate|Simulate|Check)', api):
        return []
    return [n for n, m in shape.members.items() if m.type_name == 'string' and not m.metadata.get('enum') and POLICY.search(n)
            and not NO_POLICY.search(f'{service}:{n}')]


def door_members():
    return {name: door['members'] for name, door in table('doors')['aws'].items() if 'members' in door}


def kind_of(shape):
    if shape.type_name in ('structure', 'map', 'list') and is_document_type_container(shape):
        return 'json'
    if _supports_shorthand_syntax(shape):
        return 'data'
    return 'list' if shape.type_name == 'list' else 'text'


def nargs_of(argument):
    action = getattr(argument, '_action', None) or getattr(argument, 'action', None)
    if isinstance(argument, BooleanArgument) or action in ('store_true', 'store_false'):
        return 0
    return argument.nargs if getattr(argument, 'nargs', None) is not None else 1


def own_command(made):
    cells = []
    for name, argument in sorted(made._build_arg_table().items()):
        if getattr(argument, 'positional_arg', False):
            continue
        nargs = nargs_of(argument)
        cells.append(name if nargs == 1 else f'{name}:{nargs}')
    return ' '.join(cells)


def member_cells(operation, wanted):
    """`Member:kind` or `Member:kind:option` of the wanted members that are not plain texts under their own option."""
    options = {getattr(a, '_serialized_name', None): n for n, a in reversed(operation.arg_table.items())} if wanted else {}
    for member in wanted:
        option = options.get(member, xform_name(member, '-'))
        renamed = option != xform_name(member, '-')
        kind = kind_of(operation._operation_model.input_shape.members[member])
        if kind != 'text' or renamed:
            yield f'{member}:{kind}' + (f':{option}' if renamed else '')


def main():
    doors, operations, policies, commands = door_members(), {}, {}, {}
    for service, made in COMMANDS.items():
        if isinstance(made, BasicCommand):
            below = made._build_subcommand_table()
            commands.update({f'{service} {name}': own_command(sub) for name, sub in below.items() if isinstance(sub, BasicCommand)})
            continue
        if not isinstance(made, ServiceCommand):
            continue
        for name, operation in made._get_command_table().items():
            if isinstance(operation, BasicCommand):
                commands[f'{service} {name}'] = own_command(operation)
                continue
            if not isinstance(operation, ServiceOperation):
                continue
            api = operation._operation_model.name
            found = policy_members(service, api, operation._operation_model.input_shape)
            if found:
                policies[f'{service}:{api}'] = ' '.join(found)
            cells = list(member_cells(operation, doors.get(f'{service}:{api}', [])))
            if cells:
                operations[f'{service}:{api}'] = ' '.join(cells)
            operation._arg_table = None
    sources = {'awscli': awscli.__version__, 'botocore': botocore.__version__}
    hand_on({'sources': sources, 'operations': operations, 'policies': policies, 'commands': commands},
            f'{len(operations)} doors, {len(policies)} with policies, {len(commands)} commands')


main()
