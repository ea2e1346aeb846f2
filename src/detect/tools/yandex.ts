import { commonTool } from './cli/common-tool';

/** The Yandex Cloud CLI. */
export const yandex = commonTool({
  names: ['yc'], provider: 'yandex', source: 'Yandex Cloud CLI reference',
  commands: `
    init     | read
    config * | read
  `,
});
