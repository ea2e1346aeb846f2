import { commandTool } from './cli/command-tool';

/** Django: `django-admin` and `manage.py`. */
export const django = commandTool({
  names: ['django-admin', 'manage.py', 'django-admin.py'], provider: 'django',
  source: 'Django documentation, "django-admin and manage.py"',
  valued: `--settings --pythonpath --database --verbosity -v -n --name -o --output -e --exclude --format --indent --target -c --command`,
  flags: '--noinput --no-input --fake --run-syncdb --plan --force-color --traceback --dry-run --check',
  harmless: '--dry-run --plan --check', guards: '--noinput --no-input',
  where: { database: '--database', settings: '--settings DJANGO_SETTINGS_MODULE' },
  commands: `
    flush,reset_db,drop_test_database,reset_schema | destroy data-loss | irreversible  # Every row of the database is deleted.
    migrate * zero                                 | destroy data-loss | irreversible  # The app's tables are dropped with their rows.
    migrate zero                                   | destroy data-loss | irreversible  # The app's tables are dropped with their rows.
    migrate,loaddata,createcachetable              | change
    shell +-c,--command                            | ask
  `,
  otherwise: 'quiet',
  refine: (call, finding) => {
    if (call.path[0] !== 'shell') return undefined;
    const text = call.options.find((o) => o.name === '-c' || o.name === '--command')?.value?.value ?? '';
    return /\.delete\(\)|drop_|DROP |TRUNCATE |flush/.test(text) ? [{ ...finding, mutation: 'destructive', effects: ['data-loss'], reason: 'django: Runs Python text that deletes records.' }] : [];
  },
});
