#!/usr/bin/env python3
"""Writes src/detect/knowledge/aws-short-options.json: options of the AWS CLI whose names begin other options of the same command.

Run by hand from anywhere with the AWS CLI version 1 installed:  python3 scripts/knowledge/aws-short-options.py

The AWS CLI takes any beginning of an option's name that fits only one (argparse's `allow_abbrev`), unless it is the whole name of
another option. So `--domain` before `--domain-owner` is no abbreviation, and only these few must be known to tell.
Source: awscli's own argument tables, which are made of botocore's models and awscli's customizations.
"""
import json
import os

import awscli
import botocore
from awscli.clidriver import ServiceCommand, ServiceOperation, create_clidriver

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OUT = os.path.join(ROOT, 'src', 'detect', 'knowledge', 'aws-short-options.json')


def main():
    commands = {}
    for service, made in create_clidriver()._get_command_table().items():
        if not isinstance(made, ServiceCommand):
            continue
        for name, operation in made._get_command_table().items():
            if not isinstance(operation, ServiceOperation):
                continue
            options = set(operation.arg_table)
            short = sorted(o for o in options if any(p != o and p.startswith(o) for p in options))
            if short:
                commands[f'{service} {name}'] = ' '.join(short)
            operation._arg_table = None
    table = {'sources': {'awscli': awscli.__version__, 'botocore': botocore.__version__}, 'commands': dict(sorted(commands.items()))}
    with open(OUT, 'w', encoding='utf-8') as file:
        json.dump(table, file, separators=(',', ':'))
        file.write('\n')
    print(f'{len(commands)} commands, {os.path.getsize(OUT)} bytes')


main()
