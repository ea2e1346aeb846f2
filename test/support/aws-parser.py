"""What the AWS CLI itself makes of command lines, without calling anything: its own parsers up to the point of the request.

Reads JSON lines and prints one JSON line each. `{"generate": N, "seed": S, "services": [...]}` prints N lines of its own making,
built from the CLI's own models; `{"argv": [...], "env": {...}}` is one command line without `aws`.
An answer has `end`: `call` (service, api, params), `command` (path, args) for what is no API operation, `local` for what only
prints (help, version, a skeleton), `refused` with the reason; the first two say region, profile and endpoint in force.
"""
import io
import json
import logging
import os
import random
import socket
import sys

import awscli.clidriver as clidriver
import awscli.paramfile as paramfile
from awscli.alias import ExternalAliasCommand
from awscli.arguments import BooleanArgument, CustomArgument, ListArgument
from awscli.customizations.commands import BasicCommand
from awscli.customizations.generatecliskeleton import StubbedCLIOperationCaller
from awscli.customizations.waiters import WaiterCaller
from awscli.help import HelpCommand
from botocore.exceptions import ProfileNotFound
from botocore.validate import ParamValidator

FETCHED = 'text-of-a-url'


class Ended(BaseException):
    """Thrown in the place of the request."""

    def __init__(self, **answer):
        super().__init__(answer['end'])
        self.answer = answer


def no_network(*_args, **_kwargs):
    raise OSError('no network here')


def call(caller, service, api, params, parsed_globals):
    model = caller._session.get_service_model(service).operation_model(api)
    if model.input_shape is not None:
        report = ParamValidator().validate(params, model.input_shape)
        if report.has_errors():
            raise Ended(end='refused', why=report.generate_report())
    raise Ended(end='call', service=service, api=api, params=params, endpoint=parsed_globals.endpoint_url)


def command(self, parsed_args, parsed_globals):
    raise Ended(end='command', path=list(self.lineage_names), args=vars(parsed_args), endpoint=parsed_globals.endpoint_url)


def local(*_args, **_kwargs):
    raise Ended(end='local')


def subclasses(cls):
    for sub in cls.__subclasses__():
        yield sub
        yield from subclasses(sub)


def patch():
    logging.disable(logging.CRITICAL)
    socket.socket.connect = no_network
    socket.getaddrinfo = no_network
    clidriver.CLIOperationCaller.invoke = call
    StubbedCLIOperationCaller.invoke = local
    WaiterCaller.invoke = local
    ExternalAliasCommand.__call__ = lambda self, args, g: (_ for _ in ()).throw(Ended(end='command', path=['alias', self._alias_value], args={'args': args}, endpoint=None))
    HelpCommand.__call__ = local
    for cls in set(subclasses(HelpCommand)):
        if '__call__' in vars(cls):
            cls.__call__ = local
    for scheme in list(paramfile.REMOTE_PREFIX_MAP):
        paramfile.REMOTE_PREFIX_MAP[scheme] = (lambda prefix, uri: FETCHED, {})


def patch_commands():
    """The CLI's own commands are classes that are loaded with the command table."""
    for cls in set(subclasses(BasicCommand)):
        if '_run_main' in vars(cls) and cls._run_main is not command:
            # A command of subcommands only says how it is used.
            cls._run_main = local if getattr(cls, 'SUBCOMMANDS', None) and cls.__name__ != 'ConfigureCommand' else command
    BasicCommand._display_help = local


class Cli:
    def __init__(self):
        patch()
        self.driver = clidriver.create_clidriver()
        self.session = self.driver.session
        self.table = self.driver._get_command_table()
        self.services = {}
        for name, made in self.table.items():
            if isinstance(made, BasicCommand):
                made._build_subcommand_table()
        patch_commands()
        self.parser = self.driver._create_parser(self.table)
        self.driver._add_aliases(self.table, self.parser)
        self.environment = dict(os.environ)
        # Building an argument table registers handlers; they go again behind each line.
        self.emitter = self.session.get_component('event_emitter')._emitter
        self.added = []
        register = self.emitter._register_section

        def logged(event, handler, unique_id, unique_id_uses_count, section):
            self.added.append((event, handler, unique_id, unique_id_uses_count))
            register(event, handler, unique_id, unique_id_uses_count, section)

        self.emitter._register_section = logged

    def placed(self, answer):
        try:
            return {**answer, 'region': self.session.get_config_variable('region'), 'profile': self.session.profile}
        except ProfileNotFound as error:
            return {'end': 'refused', 'why': str(error)}

    def forget(self):
        for event, handler, unique_id, counts in self.added:
            self.emitter.unregister(event, handler, unique_id, unique_id_uses_count=counts)
        self.added.clear()

    def commands_of(self, service):
        made = self.table[service]
        if isinstance(made, BasicCommand):
            return made._build_subcommand_table()
        if service not in self.services:
            made._get_command_table()
            patch_commands()
            self.added.clear()
            self.services[service] = made
        return made._get_command_table()

    def read(self, argv, env=None):
        for name in argv:
            if name in self.table and not isinstance(self.table[name], BasicCommand) and hasattr(self.table[name], '_get_command_table'):
                self.commands_of(name)
        self.session._session_instance_vars.clear()
        self.session._profile = None
        self.session._profile_map = None
        self.session.set_default_client_config(None)
        store = self.session.get_component('config_store')
        store._overrides.clear()
        os.environ.clear()
        os.environ.update(self.environment)
        os.environ.update(env or {})
        used = []
        out, err, before = io.StringIO(), io.StringIO(), (sys.stdout, sys.stderr)
        sys.stdout, sys.stderr = out, err
        try:
            parsed, remaining = self.parser.parse_known_args(argv)
            service = self.table[parsed.command]
            if isinstance(service, clidriver.ServiceCommand):
                used = [self.commands_of(parsed.command).get(w) for w in remaining]
            self.driver._handle_top_level_args(parsed, remaining)
            self.driver._emit_session_event(parsed)
            code = service(remaining, parsed)
            return {'end': 'local'} if code == 0 else {'end': 'refused', 'why': f'code {code}'}
        except Ended as ended:
            answer = dict(ended.answer)
            if answer['end'] in ('call', 'command'):
                return self.placed(answer)
            return answer
        except SystemExit as stop:
            return {'end': 'local'} if stop.code in (0, None) else {'end': 'refused', 'why': err.getvalue()[-200:]}
        except Exception as error:  # what the CLI prints as an error
            return {'end': 'refused', 'why': f'{type(error).__name__}: {str(error)[:200]}'}
        finally:
            sys.stdout, sys.stderr = before
            self.forget()
            for operation in used:
                if isinstance(operation, clidriver.ServiceOperation):
                    operation._arg_table = None


PLAIN = ['a', 'orders', 'payments-prod', 'ec2', 'describe-instances', 'delete', 'true', 'false', 'x=y', '12', 'list-me', 's3://b/k', 'arn:aws:iam::123456789012:role/x', 'http://h/x']
ODD = ['', '-', '-5', '-x', '--x y', 'help', '--', '--dry-run', 'a b', '*', '=']
REGIONS = ['us-east-1', 'eu-west-1', 'ap-south-1']
PROFILES = ['dev', 'prod', 'qa']


class Maker:
    def __init__(self, cli, seed, services):
        self.cli, self.pick, self.services = cli, random.Random(seed), services
        self.options = {}

    def chance(self, p):
        return self.pick.random() < p

    def value(self, shape, depth=0):
        kind = shape.type_name
        if kind == 'structure':
            return {} if depth > 3 else {n: self.value(m, depth + 1) for n, m in shape.members.items() if n in shape.required_members}
        if kind == 'list':
            return [self.value(shape.member, depth + 1)]
        if kind == 'map':
            return {}
        if kind in ('integer', 'long'):
            return 7
        if kind in ('float', 'double'):
            return 1.5
        if kind == 'boolean':
            return True
        if kind == 'timestamp':
            return '2020-01-01'
        enum = getattr(shape, 'enum', [])
        if enum:
            return enum[0]
        return self.text(shape)

    def text(self, shape=None):
        least = (shape.metadata.get('min') or 0) if shape is not None else 0
        words = ODD if self.chance(0.06) else PLAIN
        return self.pick.choice(words).ljust(least, 'z') if least else self.pick.choice(words)

    def words_of(self, argument):
        """The words behind an option that its own kind takes."""
        shape = argument.argument_model
        if isinstance(argument, BooleanArgument) or getattr(argument, '_action', None) in ('store_true', 'store_false'):
            return []
        if shape is None or isinstance(argument, CustomArgument):
            choices = list(argument.choices or [])
            word = self.pick.choice(choices) if choices else self.text()
            return [word] + ([self.text()] if argument.nargs in ('+', '*') and self.chance(0.4) else [])
        if isinstance(argument, ListArgument):
            scalar = shape.member.type_name in ('string', 'integer', 'long')
            values = [self.value(shape.member) for _ in range(self.pick.choice([1, 1, 2, 3]))]
            if scalar and self.chance(0.8):
                return [str(v) for v in values]
            return [json.dumps(values)]
        value = self.value(shape)
        return [value if isinstance(value, str) else json.dumps(value)]

    def option(self, name, argument, names):
        """The words of one use of an option: shortened, with `=`, or as it is."""
        typed = name
        if self.chance(0.2):
            shortest = next((n for n in range(1, len(name)) if sum(o.startswith(name[:n]) for o in names) == 1), len(name))
            typed = name[:self.pick.randint(min(shortest, len(name)), len(name))] if self.chance(0.85) else name[:self.pick.randint(1, len(name))]
        words = self.words_of(argument)
        if self.chance(0.04):
            words = []
        elif self.chance(0.03):
            words = [*words, self.text()]
        if len(words) == 1 and self.chance(0.2):
            return [f'--{typed}={words[0]}']
        return [f'--{typed}', *words]

    def globals_(self):
        kinds = [('region', REGIONS), ('profile', PROFILES), ('output', ['json', 'text']), ('query', ['delete', 'x', '[]', 'ec2']), ('endpoint-url', ['http://localhost:1']),
                 ('no-paginate', None), ('debug', None), ('no-verify-ssl', None), ('no-sign-request', None), ('color', ['on']), ('cli-read-timeout', ['5'])]
        name, values = self.pick.choice(kinds[:5] if self.chance(0.7) else kinds)
        if name == 'debug':
            return []
        typed = name if self.chance(0.6) else name[:self.pick.randint(1, len(name))]
        if values is None:
            return [f'--{typed}']
        value = self.pick.choice(values) if self.chance(0.97) else self.pick.choice(ODD)
        return [f'--{typed}={value}'] if self.chance(0.3) else [f'--{typed}', value]

    def arguments(self, made):
        if isinstance(made, BasicCommand):
            table = made._build_arg_table()
            return {n: a for n, a in table.items()}
        table = dict(made.arg_table)
        self.cli.forget()
        made._arg_table = None
        return table

    def line(self):
        service = self.pick.choice(self.services)
        commands = self.cli.commands_of(service)
        operation = self.pick.choice(sorted(n for n in commands if n != 'help'))
        key = (service, operation)
        if key not in self.options:
            try:
                self.options[key] = self.arguments(commands[operation])
            except Exception:
                self.options[key] = {}
        table = self.options[key]
        names = list(table)
        groups = []
        positional = []
        for name, argument in table.items():
            if getattr(argument, 'positional_arg', False):
                count = argument.nargs if isinstance(argument.nargs, int) else 1
                positional += [self.pick.choice(['s3://b/k', 's3://payments-prod', '.', 'dir', 'help', '-', '--dryrun']) for _ in range(count)]
                continue
            if name in ('cli-input-json', 'generate-cli-skeleton'):
                continue
            wanted = argument.required or self.chance(min(0.35, 3 / (len(table) + 1)))
            boolean = isinstance(argument, BooleanArgument) or getattr(argument, '_action', None) in ('store_true', 'store_false')
            if wanted or (boolean and self.chance(0.25)):
                groups.append(self.option(name, argument, names))
                if self.chance(0.12):
                    groups.append(self.option(name, argument, names))
                if boolean and self.chance(0.5):
                    other = name[3:] if name.startswith('no-') else f'no-{name}'
                    if other in table:
                        groups.append(self.option(other, table[other], names))
        if 'dry-run' in table and self.chance(0.5):
            for name in self.pick.sample(['dry-run', 'no-dry-run', 'dry-run'], self.pick.randint(1, 3)):
                if name in table:
                    groups.append(self.option(name, table[name], names))
        if 'dryrun' in table and self.chance(0.4):
            groups.append(self.option('dryrun', table['dryrun'], names))
        if 'generate-cli-skeleton' in table and self.chance(0.05):
            groups.append(self.pick.choice([['--generate-cli-skeleton'], ['--generate-cli-skeleton', 'input'], ['--generate-cli-skeleton', 'output'], ['--generate-cli-skeleton=x'], ['--gen']]))
        if 'cli-input-json' in table and self.chance(0.12):
            self.input(table, groups)
        if self.chance(0.5):
            self.pick.shuffle(groups)
        for _ in range(self.pick.choice([0, 0, 1, 1, 2, 3])):
            groups.insert(self.pick.randint(0, len(groups)), self.globals_())
        if self.chance(0.02):
            groups.insert(self.pick.randint(0, len(groups)), [self.pick.choice(['--version', '--ver', 'help', '--unknown', '-x', '--v2-debug', '--no-cli-pager', ''])])
        if positional:
            groups.insert(self.pick.randint(0, len(groups)), positional)
        return self.placed([service, operation], groups)

    def input(self, table, groups):
        members = {getattr(a, '_serialized_name', None): a for a in table.values()}
        picked = self.pick.sample([n for n in members if n], min(2, len([n for n in members if n])))
        for _ in range(self.pick.choice([1, 1, 2])):
            data = {n: self.value(members[n].argument_model) for n in picked}
            if 'DryRun' in members and self.chance(0.5):
                data['DryRun'] = self.pick.choice([True, False, 'true'])
            typed = 'cli-input-json' if self.chance(0.7) else 'cli-input-json'[:self.pick.randint(5, 14)]
            groups.append([f'--{typed}', json.dumps(data)])

    def placed(self, path, groups):
        """The command's words first, or with options between and before them; now and then with `--` somewhere."""
        argv = []
        for word in path:
            while groups and self.chance(0.06):
                argv += groups.pop(0)
            argv.append(word)
        for group in groups:
            argv += group
        if self.chance(0.05):
            for _ in range(self.pick.choice([1, 1, 2])):
                argv.insert(self.pick.randint(0, len(argv)), '--')
        return argv

    def env(self):
        if not self.chance(0.25):
            return {}
        names = {'AWS_PROFILE': PROFILES, 'AWS_DEFAULT_PROFILE': PROFILES, 'AWS_REGION': REGIONS, 'AWS_DEFAULT_REGION': REGIONS, 'AWS_ENDPOINT_URL': ['http://localhost:2']}
        return {n: self.pick.choice(names[n]) for n in self.pick.sample(sorted(names), self.pick.randint(1, 3))}


def main():
    cli = Cli()
    for text in sys.stdin:
        asked = json.loads(text)
        if 'generate' in asked:
            maker = Maker(cli, asked['seed'], asked['services'])
            for _ in range(asked['generate']):
                argv, env = maker.line(), maker.env()
                print(json.dumps({'argv': argv, 'env': env, **cli.read(argv, env)}, default=str))
        else:
            print(json.dumps({**asked, **cli.read(asked['argv'], asked.get('env'))}, default=str))
        sys.stdout.flush()


main()
