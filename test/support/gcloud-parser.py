"""What gcloud itself makes of command lines, without running anything: its own parser up to the command's Run.

Reads JSON lines and prints one JSON line each. `{"generate": N, "seed": S, "commands": ["a b c", ...]}` prints N lines of its own
making, built from the arguments that those commands declare; `{"argv": [...], "env": {...}}` is one command line without `gcloud`.
An answer has `end`: `run` (command, positionals, flags and the properties in force), `local` for help and version, or `refused`.
"""
import io
import json
import os
import random
import socket
import sys

SDK = sys.argv[1]
sys.path[:0] = [os.path.join(SDK, 'lib'), os.path.join(SDK, 'lib', 'third_party')]
sys.argv = ['gcloud']

from googlecloudsdk import gcloud_main
from googlecloudsdk.calliope import backend
from googlecloudsdk.core import properties
from googlecloudsdk.core.configurations import named_configs


class Ended(BaseException):
    def __init__(self, answer):
        super().__init__(answer['end'])
        self.answer = answer


def no_network(*_args, **_kwargs):
    raise OSError('no network here')


def property_of(name):
    section, key = name.split('/')
    return getattr(getattr(properties.VALUES, section), key).Get(validate=False)


def plain(value):
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return str(value)


def run(self, cli, args):
    """In the place of Command.Run: after parsing, with the flags in force."""
    del cli
    given = {n: plain(args.GetValue(d)) for n, d in ((n, d) for d, n in args._specified_args.items())}
    properties.VALUES.PushInvocationValues()
    try:
        for flag in self.ai.flag_args + self.ai.ancestor_flag_args:
            prop = getattr(flag, 'store_property', None)
            if prop and getattr(args, flag.dest, None) is not None:
                properties.VALUES.SetInvocationValue(prop[0], str(getattr(args, flag.dest)), None)
        place = {n: property_of(n) for n in ('core/project', 'core/account', 'core/disable_prompts', 'auth/impersonate_service_account', 'compute/region', 'compute/zone')}
        place['configuration'] = named_configs.ConfigurationStore.ActiveConfig().name
    finally:
        properties.VALUES.PopInvocationValues()
    raise Ended({'end': 'run', 'command': ' '.join(self.GetPath()[1:]), 'given': given, 'place': place})


class Gcloud:
    def __init__(self):
        socket.socket.connect = no_network
        socket.getaddrinfo = no_network
        backend.Command.Run = run
        self.cli = gcloud_main.CreateCLI([])
        self.environment = dict(os.environ)

    def read(self, argv, env=None):
        os.environ.clear()
        os.environ.update(self.environment)
        os.environ.update(env or {})
        named_configs.ActivePropertiesFile.Invalidate()
        before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
        try:
            self.cli.Execute(list(argv), call_arg_complete=False)
            return {'end': 'local'}
        except Ended as ended:
            return ended.answer
        except SystemExit as stop:
            text = sys.stderr.getvalue()
            return {'end': 'local'} if stop.code in (0, None) else {'end': 'refused', 'why': text[-200:]}
        except Exception as error:
            return {'end': 'refused', 'why': f'{type(error).__name__}: {str(error)[:200]}'}
        finally:
            sys.stdout, sys.stderr = before


WORDS = ['vm-1', 'payments-prod', 'delete', 'instances', 'list', 'help', 'true', 'false', '12', 'gs://b/k', 'a,b', 'k=v', 'x']
ODD = ['', '-', '-5', '--x y', '--', 'a b']
WIDE = [('--project', ['p-1', 'p-2', 'payments-prod']), ('--account', ['a@x.org', 'b@x.org']), ('--impersonate-service-account', ['s@x.org']), ('--format', ['json', 'delete']), ('--verbosity', ['error']), ('--configuration', ['default', 'other']), ('--quiet', None), ('-q', None), ('--no-quiet', None), ('--log-http', None)]


class Maker:
    def __init__(self, gcloud, seed, commands):
        self.gcloud, self.pick = gcloud, random.Random(seed)
        self.commands = []
        for path in commands:
            for track in ('', 'beta ', 'alpha '):
                made = self.load(f'{track}{path}')
                if made is not None:
                    self.commands.append((f'{track}{path}', made))
                    break

    def load(self, path):
        element = self.gcloud.cli._TopElement()
        for word in path.split():
            element = element.LoadSubElement(word.replace('-', '_')) if hasattr(element, 'LoadSubElement') else None
            if element is None:
                return None
        return element if isinstance(element, backend.Command) else None

    def chance(self, p):
        return self.pick.random() < p

    def word(self):
        return self.pick.choice(ODD if self.chance(0.03) else WORDS)

    def flag(self, action):
        name = self.pick.choice(action.option_strings)
        if self.chance(0.03) and len(name) > 6:
            name = name[:-2]
        if action.nargs == 0:
            return [f'{name}=false'] if self.chance(0.03) else [name]
        value = self.pick.choice([str(c) for c in action.choices]) if action.choices else self.word()
        return [f'{name}={value}'] if self.chance(0.5) else [name, value]

    def line(self):
        path, command = self.pick.choice(self.commands)
        flags = [a for a in command.ai.flag_args if a.option_strings and a.option_strings[0] not in ('--help', '-h', '--document')]
        groups = []
        for action in flags:
            dry = any('dry-run' in o or 'validate-only' in o or o.endswith('-preview') or o == '--preview' for o in action.option_strings)
            if action.required or self.chance(0.4 if dry else min(0.3, 1.5 / (len(flags) + 1))):
                groups.append(self.flag(action))
                if self.chance(0.2):
                    groups.append(self.flag(action))
                if action.nargs == 0 and self.chance(0.4):
                    opposite = [o[:2] + o[5:] if o.startswith('--no-') else f'--no-{o[2:]}' for o in action.option_strings[:1]]
                    groups += [[o] for o in opposite]
        words = []
        for action in command.ai.positional_args:
            count = 1 if action.nargs in (None, '?') or not self.chance(0.5) else 2
            if action.nargs in ('*', '?') and self.chance(0.4):
                continue
            words += [self.word() for _ in range(count)]
        if self.chance(0.4):
            self.pick.shuffle(groups)
        if words:
            groups.insert(self.pick.randint(0, len(groups)), words)
        for _ in range(self.pick.choice([0, 1, 1, 2])):
            name, values = self.pick.choice(WIDE)
            value = None if values is None else self.pick.choice(values)
            groups.insert(self.pick.randint(0, len(groups)), [name] if value is None else [f'{name}={value}'] if self.chance(0.5) else [name, value])
        if self.chance(0.04):
            groups.insert(self.pick.randint(0, len(groups)), [f'--flags-file={self.pick.choice(self.files)}'])
        if self.chance(0.02):
            groups.insert(self.pick.randint(0, len(groups)), [self.pick.choice(['--help', '-h', '--', '--unknown', 'help', '--version'])])
        argv = []
        for word in path.split():
            while groups and self.chance(0.05) and groups[0][0] in [n for n, _ in WIDE]:
                argv += groups.pop(0)
            argv.append(word)
        return argv + [w for g in groups for w in g]

    def env(self):
        names = {'CLOUDSDK_CORE_PROJECT': ['e-1', 'e-2'], 'GOOGLE_CLOUD_PROJECT': ['g-1'], 'CLOUDSDK_CORE_ACCOUNT': ['e@x.org'], 'CLOUDSDK_COMPUTE_ZONE': ['e-zone'], 'CLOUDSDK_ACTIVE_CONFIG_NAME': ['other'], 'CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT': ['i@x.org']}
        return {n: self.pick.choice(names[n]) for n in self.pick.sample(sorted(names), self.pick.randint(1, 3))} if self.chance(0.3) else {}


def main():
    # gcloud writes help and errors where it likes; the answers go to a descriptor of their own.
    answers = os.fdopen(os.dup(1), 'w')
    gcloud = Gcloud()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    for text in sys.stdin:
        asked = json.loads(text)
        if 'generate' in asked:
            maker = Maker(gcloud, asked['seed'], asked['commands'])
            maker.files = asked['files']
            for _ in range(asked['generate']):
                argv, env = maker.line(), maker.env()
                print(json.dumps({'argv': argv, 'env': env, **gcloud.read(argv, env)}, default=str), file=answers)
        else:
            print(json.dumps({**asked, **gcloud.read(asked['argv'], asked.get('env'))}, default=str), file=answers)
        answers.flush()


main()
