import { commonTool } from './cli/common-tool';

/** The Databricks CLI. */
export const databricks = commonTool({
  names: ['databricks'], provider: 'databricks', source: 'Databricks CLI command reference',
  commands: `
    fs rm                                        | destroy data-loss
    clusters permanent-delete                    | destroy data-loss
    workspace delete                             | destroy data-loss
    bundle destroy                               | destroy data-loss
    schemas delete                               | destroy data-loss
    catalogs delete                              | destroy data-loss
    tables delete                                | destroy data-loss
    volumes delete                               | destroy data-loss
    repos delete                                 | destroy data-loss
    clusters delete,restart                      | destroy outage
    warehouses stop,delete                       | destroy outage
    jobs delete,cancel-run,cancel-all-runs,reset | destroy outage
    pipelines stop,delete,reset                  | destroy outage
    bundle deploy,run                            | change
    jobs run-now                                 | change
    fs cp,mkdir                                  | change
    fs ls,cat,head                               | read
    auth *                                       | read
    configure                                    | read
    bundle validate,summary                      | read
    workspace export                             | read
    secrets delete,delete-scope,delete-secret    | destroy access-loss
    tokens delete                                | destroy access-loss
    permissions set                              | destroy access-loss
  `,
});
