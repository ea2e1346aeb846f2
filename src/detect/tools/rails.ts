import { found } from './cli/call';
import { commandTool } from './cli/command-tool';

/** Rails and Rake: the tasks of a database. */
export const rails = commandTool({
  names: ['rails', 'rake', 'bin/rails'], provider: 'rails',
  source: 'Ruby on Rails Guides, "The Rails Command Line" and "Active Record Migrations"', everyday: true,
  valued: '-e --environment -f --rakefile -C -p --port -b --binding', flags: '--trace -s -q',
  where: { environment: '-e --environment RAILS_ENV', endpoint: 'DATABASE_URL' },
  commands: `
    db:drop,db:drop:all,db:drop:_unsafe,db:reset,db:migrate:reset | destroy data-loss | irreversible
      # The tables are dropped or emptied; their rows are lost.
    db:schema:load,db:structure:load,db:purge,db:purge:all,db:setup | destroy data-loss | irreversible
      # The tables are dropped or emptied; their rows are lost.
    db:seed:replant,db:truncate_all,db:schema:load:primary,db:migrate:redo | destroy data-loss | irreversible
      # The tables are dropped or emptied; their rows are lost.
    db:reset:all,db:recreate     | destroy data-loss | irreversible  # The tables are dropped or emptied; their rows are lost.
    db:migrate,db:rollback,db:migrate:down,db:forward,db:migrate:up | change
    db:create,db:seed,db:prepare | add
    runner                       | ask
  `,
  otherwise: 'quiet',
  before: (call) => {
    // Several tasks in one line, each with arguments and variables of its own.
    const tasks = call.args.flatMap((w) => (w.value !== undefined && /^db:[\w:]*(?:\[.*\])?$/.test(w.value) ? [w.value.replace(/\[.*$/, '')] : []));
    const set = call.args.map((w) => /^(?:RAILS_ENV|DATABASE_URL|RACK_ENV)=(.*)$/.exec(w.value ?? '')).find((m) => m !== null);
    const where = set?.[1] === undefined ? call : { ...call, context: { ...call.context, other: { ...call.context.other, environment: set[1] } } };
    const kills = tasks.filter((t) => /^db:(?:drop|reset|migrate:reset|schema:load|structure:load|purge|truncate_all|seed:replant|recreate|setup|environment:set_x|mongoid:(?:drop|purge|remove)|tenants:drop|migrate:down|rollback|migrate:redo)/.test(t));
    if (call.args[0]?.value === 'runner') {
      const text = call.args[1]?.value ?? '';
      const destroys = /\b(?:delete_all|destroy_all|drop_table|drop_database|truncate|execute\s*\(?\s*["'](?:DROP|TRUNCATE|DELETE))/i.test(text);
      return destroys ? [found(where, {
        action: 'runner', mutation: 'destructive', effects: ['data-loss'], reversibility: { kind: 'irreversible' },
        reason: 'rails: Runs Ruby text that deletes records or tables.' })] : [found(where, { action: 'runner', mutation: 'modifying', reason: 'rails: Runs Ruby text.',
      })];
    }
    if (kills.length === 0) return undefined;
    return kills.map((task) => {
      const back = /rollback|migrate:down|migrate:redo/.test(task);
      return found(where, {
        action: task, mutation: 'destructive', effects: ['data-loss'], reversibility: { kind: 'irreversible' },
        reason: back ? `rails: ${task} undoes migrations: columns and tables that they added are dropped with their data.` : `rails: ${task} drops or empties the tables: their rows are lost.`, guardsOff: call.invocation.env.has('DISABLE_DATABASE_ENVIRONMENT_CHECK') || call.args.some((w) => w.value?.startsWith('DISABLE_DATABASE_ENVIRONMENT_CHECK=')) ? ['DISABLE_DATABASE_ENVIRONMENT_CHECK'] : [],
      });
    });
  },
});
