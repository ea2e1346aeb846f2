#!/usr/bin/env python3
"""Makes knowledge/aws-short-options.json: options of the AWS CLI whose names begin other options of the same command.

Run: npm run knowledge -- aws-short-options, with the AWS CLI version 1 in the Python that `python3` is.

The AWS CLI takes any beginning of an option's name that fits only one (argparse's `allow_abbrev`), unless it is the whole name of
another option. So `--domain` before `--domain-owner` is no abbreviation, and only these few must be known to tell.
Source: awscli's own argument tables, which are made of botocore's models and awscli's customizations.
"""
from tables import aws_cli, hand_on

awscli, botocore, COMMANDS = aws_cli()
from awscli.clidriver import ServiceCommand, ServiceOperation  # noqa: E402


def main():
    commands = {}
    for service, made in COMMANDS.items():
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
    hand_on({'sources': {'awscli': awscli.__version__, 'botocore': botocore.__version__}, 'commands': commands}, f'{len(commands)} commands')


main()
