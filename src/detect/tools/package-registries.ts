import { commonTool } from './cli/common-tool';

/** What package managers publish: the registry is everybody's. */
export const packageRegistries = commonTool({
  names: ['npm', 'pnpm', 'yarn', 'gem', 'cargo', 'twine'], provider: 'registry', source: 'npm, RubyGems and Cargo command references',
  otherwise: 'quiet', everyday: true,
  commands: `
    unpublish,yank           | destroy data-loss  # Everybody who depends on that version can not install it any more.
    owner rm,remove,--remove | destroy access-loss
    team destroy,rm          | destroy access-loss
    access revoke            | destroy access-loss
    token revoke,delete      | destroy access-loss
    deprecate                | destroy outage
  `,
});
