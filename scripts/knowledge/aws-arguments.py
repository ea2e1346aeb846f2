#!/usr/bin/env python3
"""Writes src/detect/knowledge/aws-arguments.json: what the AWS CLI makes of the words of an option.

Run by hand from anywhere with the AWS CLI version 1 installed:  python3 scripts/knowledge/aws-arguments.py

`operations`, by `service:Api`: the members of each door that hold what is handed in, as `Member:kind` or `Member:kind:option` where the
option has another name than botocore's rule gives. A kind is `text`, `list` (of texts), `data` (a structure, a map, or a list of those:
shorthand or JSON) or `json` (JSON only). Members that are texts under their own option are left out.
`policies`, by `service:Api`: the members whose text is a policy document.
`commands`, by the words of a command: the options of the CLI's own commands, with `:N` or `:+` behind one that takes words (`:1` is left
out), `:0` behind a flag. Source: awscli's own argument tables.
"""
import json
import os
import re

import awscli
import botocore
from awscli.argprocess import _supports_shorthand_syntax
from awscli.arguments import BooleanArgument
from awscli.clidriver import ServiceCommand, ServiceOperation, create_clidriver
from awscli.customizations.commands import BasicCommand
from awscli.utils import is_document_type_container
from botocore import xform_name

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KNOWLEDGE = os.path.join(ROOT, 'src', 'detect', 'knowledge')
OUT = os.path.join(KNOWLEDGE, 'aws-arguments.json')


# Source: the models' documentation of these members; the others of such a name hold a name, a type or a number, or only narrow a session.
POLICY = re.compile(r'(?:^|[a-z0-9])[Pp]olicy(?:Document|Text|Body)?$|^AccessPolicies$|^PolicyInJson$')
NO_POLICY = re.compile(r'^sts:|^workspaces-web:|:(?:Ssl|Notification|[lL]ifecycle|ExecutionRoleSession|Stack|DataProtection|session)Policy|:(?:Create|Update)TrafficPolicy')


def policy_members(service, api, shape):
    if shape is None or re.match('(?:Get|List|Describe|Batch[GD]|Search|Validate|Simulate|Check)', api):
        return []
    return [n for n, m in shape.members.items() if m.type_name == 'string' and not m.metadata.get('enum') and POLICY.search(n)
            and not NO_POLICY.search(f'{service}:{n}')]


def door_members():
    found = {}
    with open(os.path.join(KNOWLEDGE, 'doors.json'), encoding='utf-8') as file:
        for _door, _reason, names in json.load(file)['doors']['aws']:
            for entry in names.split(' '):
                name, _, members = entry.partition('=')
                if members:
                    found[name] = members.split(',')
    return found


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


def main():
    doors, operations, policies, commands = door_members(), {}, {}, {}
    for service, made in create_clidriver()._get_command_table().items():
        if isinstance(made, BasicCommand):
            for name, sub in made._build_subcommand_table().items():
                if isinstance(sub, BasicCommand):
                    commands[f'{service} {name}'] = own_command(sub)
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
            wanted = doors.get(f'{service}:{api}', [])
            options = {getattr(a, '_serialized_name', None): n for n, a in reversed(operation.arg_table.items())} if wanted else {}
            cells = []
            for member in wanted:
                shape = operation._operation_model.input_shape.members[member]
                option = options.get(member, xform_name(member, '-'))
                renamed = option != xform_name(member, '-')
                kind = kind_of(shape)
                if kind != 'text' or renamed:
                    cells.append(f'{member}:{kind}' + (f':{option}' if renamed else ''))
            if cells:
                operations[f'{service}:{api}'] = ' '.join(cells)
            operation._arg_table = None
    table = {
        'sources': {'awscli': awscli.__version__, 'botocore': botocore.__version__},
        'operations': dict(sorted(operations.items())),
        'policies': dict(sorted(policies.items())),
        'commands': dict(sorted(commands.items())),
    }
    with open(OUT, 'w', encoding='utf-8') as file:
        json.dump(table, file, separators=(',', ':'))
        file.write('\n')
    print(f'{len(operations)} doors, {len(policies)} with policies, {len(commands)} commands, {os.path.getsize(OUT)} bytes')


main()
