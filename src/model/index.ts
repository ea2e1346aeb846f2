export * from './operation';
export * from './action';
export * from './actor';
export * from './environment';
export * from './blast-radius';
export * from './verdict';
export * from './hold';
