import type { CustomField, ProjectRecord, Version } from '../world/project.ts';
import { day } from './instant.ts';
import type { Body } from './view.ts';

export function projectBody({ id, projectKey, name, settings }: ProjectRecord): Body {
  return { id, projectKey, name, ...settings };
}

const versionBodies = new WeakMap<Version, Body>();

export function versionBody(version: Version): Body {
  const body = versionBodies.get(version) ?? makeVersionBody(version);
  versionBodies.set(version, body);
  return body;
}

function makeVersionBody(version: Version): Body {
  return { ...version, startDate: day(version.startDate), releaseDueDate: day(version.releaseDueDate) };
}

export function customFieldBody({ number, date, list, ...common }: CustomField): Body {
  return { ...common, ...number, ...(date && dateBody(date)), ...(list && listBody(list, common.typeId)) };
}

function dateBody({ min, max, initialDate }: NonNullable<CustomField['date']>): Body {
  return {
    min: day(min),
    max: day(max),
    initialDate: initialDate && { ...initialDate, date: day(initialDate.date) },
  };
}

const CHECKBOX = 7;

function listBody({ items, allowAddItem, allowInput }: NonNullable<CustomField['list']>, typeId: number): Body {
  return { items, allowAddItem, ...(typeId >= CHECKBOX && { allowInput }) };
}
