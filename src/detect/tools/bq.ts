import { commandTool } from './cli/command-tool';
import { sqlFindings } from './cli/sql-findings';

/** bq, for BigQuery. */
export const bq = commandTool({
  names: ['bq'], provider: 'bigquery', source: 'BigQuery documentation, "bq command-line tool reference"',
  valued: `--project_id --dataset_id --location --format --api --credential_file --job_id --max_results -n --schema --source_format
    --destination_table --time_partitioning_field --expiration --description --default_table_expiration --label --view --parameter
    --start_row -s --service_account --bigqueryrc --transfer_config --connection_type --filter --destination_kms_key --clustering_fields
    --range_partitioning --field_delimiter -F --headless_arg`,
  flags: `-f --force -r --recursive -d --dataset -t --table -m --model --routine --use_legacy_sql --nouse_legacy_sql --replace
    --append_table --noreplace --headless --quiet -q --sync --nosync --autodetect --batch --reservation --transfer_config --connection`,
  harmless: '--dry_run', guards: '-f --force', where: { project: '--project_id', region: '--location' },
  commands: `
    ls,show,head,help,version,wait,info,get-iam-policy,query,partition,shell | read
    mk,extract,insert,init,mkdef | add
    load,query +--replace        | destroy data-loss  # The table's present rows are replaced.
    cp +-f,--force               | destroy data-loss  # The table's present rows are replaced.
    update,cp,load,set-iam-policy,add-iam-policy-binding,undelete,mv | change
    cancel                       | change
    rm                           | destroy data-loss | recoverable: within the time-travel window, 7 days unless set lower
      # Tables go with their rows.
    truncate                     | destroy data-loss
    remove-iam-policy-binding    | destroy access-loss
  `,
  otherwise: 'unknown',
  refine: (call, finding) => {
    if (call.path[0] !== 'query' || finding.mutation === 'destructive') return undefined;
    const sql = call.args.map((w) => w.value).filter((v) => v !== undefined).join(' ') || call.invocation.stdin || '';
    return sqlFindings(sql, call.args.some((w) => w.value === undefined), call, finding, { dialects: ['googlesql'] });
  },
});
