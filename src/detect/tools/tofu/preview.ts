export { sources } from '../terraform/preview';
