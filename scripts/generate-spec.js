// @ts-check
/** spec.json: the settings of the source as an Airbyte connector specification, made from the tap's settings schema. */
import { settingsJsonSchema } from '../dist/runtime/setting-schema.js';
import { sourceSettingsSchema } from '../dist/singer/tap-settings.js';
import { emit } from './generated-file.js';

const { properties, required } = settingsJsonSchema(sourceSettingsSchema, 'en');

const spec = {
  documentationUrl: 'https://developer.nulab.com/docs/backlog/',
  supportsIncremental: true,
  connectionSpecification: {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Backlog',
    type: 'object',
    required,
    additionalProperties: true,
    properties: Object.fromEntries(Object.entries(properties).map(withAirbyteKeywords)),
  },
};

emit('spec.json', `${JSON.stringify(spec, null, 2)}\n`);

/** @param {[string, import('../dist/runtime/setting-schema.js').SettingProperty]} entry @param {number} order */
function withAirbyteKeywords([key, { secret, ...property }], order) {
  const title = key
    .replaceAll('_', ' ')
    .replace(/^./, (first) => first.toUpperCase())
    .replace('Api', 'API')
    .replace('Url', 'URL');
  return [key, { title, order, ...property, ...(secret && { airbyte_secret: true }) }];
}
