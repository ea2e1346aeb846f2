import { commonTool } from './cli/common-tool';

/** The Confluent CLI. */
export const confluent = commonTool({
  names: ['confluent', 'ccloud'], provider: 'confluent', source: 'Confluent CLI command reference',
  commands: `
    kafka topic delete            | destroy data-loss
    schema-registry schema delete | destroy data-loss
    kafka cluster delete          | destroy data-loss
    environment delete            | destroy data-loss
    ksql cluster delete           | destroy data-loss
    kafka consumer group delete   | destroy data-loss
    login,logout,prompt,update    | read
    kafka topic consume           | read
    context *                     | read
  `,
});
