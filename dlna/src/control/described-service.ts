import { childOf, parseXml, type XmlElement } from '../wire/xml.js';

/** What a service can do, as its SCPD says. */
export interface ServiceDescription {
  /** In-arguments in order, by action. */
  readonly actions: ReadonlyMap<string, readonly string[]>;
  readonly variables: ReadonlyMap<string, VariableDescription>;
}

export interface VariableDescription {
  readonly allowed: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** @throws XmlError */
export function readServiceDescription(xml: string): ServiceDescription {
  const root = parseXml(xml, { maxDepth: 16, maxNodes: 20_000 });
  const actions = children(childOf(root, 'actionList'), 'action').map(
    (action) => [text(action, 'name'), inArguments(action)] as const,
  );
  const variables = children(childOf(root, 'serviceStateTable'), 'stateVariable').map(
    (variable) => [text(variable, 'name'), variableOf(variable)] as const,
  );
  return { actions: new Map(actions), variables: new Map(variables) };
}

const inArguments = (action: XmlElement): string[] =>
  children(childOf(action, 'argumentList'), 'argument')
    .filter((argument) => text(argument, 'direction').toLowerCase() === 'in')
    .map((argument) => text(argument, 'name'));

function variableOf(variable: XmlElement): VariableDescription {
  const range = childOf(variable, 'allowedValueRange');
  return {
    allowed: children(childOf(variable, 'allowedValueList'), 'allowedValue').map((value) =>
      value.text.trim(),
    ),
    minimum: range && numberOf(text(range, 'minimum')),
    maximum: range && numberOf(text(range, 'maximum')),
  };
}

const numberOf = (value: string): number | undefined =>
  value !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined;

const children = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? [];

const text = (element: XmlElement, name: string): string => (childOf(element, name)?.text ?? '').trim();
