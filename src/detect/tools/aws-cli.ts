import type { Finding, Tool } from '../invocation';

export const awsCli: Tool = {
  names: ['aws'],
  detect(): Finding[] {
    return [];
  },
};
