import { escapeText } from '../wire/xml.js';

/** A service as its SCPD tells it. */
export interface ServiceDescription {
  /** `ContentDirectory`: part of its paths. */
  readonly name: string;
  readonly serviceType: string;
  readonly serviceId: string;
  readonly actions: readonly ActionDescription[];
  readonly variables: readonly StateVariable[];
}

export interface ActionDescription {
  readonly name: string;
  readonly args: readonly ActionArgument[];
}

export interface ActionArgument {
  readonly name: string;
  readonly direction: 'in' | 'out';
  readonly variable: string;
}

export interface StateVariable {
  readonly name: string;
  readonly type: 'string' | 'ui4' | 'i4' | 'uri' | 'int' | 'boolean' | 'bin.base64';
  readonly evented: boolean;
  readonly allowed?: readonly string[];
}

export interface ServicePaths {
  readonly scpd: string;
  readonly control: string;
  readonly events: string;
}

export function servicePaths(service: Pick<ServiceDescription, 'name'>): ServicePaths {
  return {
    scpd: `/${service.name}/scpd.xml`,
    control: `/${service.name}/control`,
    events: `/${service.name}/events`,
  };
}

type Arguments = Readonly<Record<string, string>>;

/** An action: the state variable of each argument by its name, in the order of the standard. */
export function action(name: string, takes: Arguments, gives: Arguments): ActionDescription {
  const directed = (args: Arguments, direction: 'in' | 'out'): ActionArgument[] =>
    Object.entries(args).map(([argument, variable]) => ({ name: argument, direction, variable }));
  return { name, args: [...directed(takes, 'in'), ...directed(gives, 'out')] };
}

export function variable(
  name: string,
  type: StateVariable['type'],
  more: { readonly evented?: boolean; readonly allowed?: readonly string[] } = {},
): StateVariable {
  return { name, type, evented: more.evented ?? false, ...(more.allowed ? { allowed: more.allowed } : {}) };
}

/** An element of elements (already XML). */
const group = (name: string, inside: readonly string[]): string => `<${name}>${inside.join('')}</${name}>`;
/** An element of text. */
const leaf = (name: string, text: string): string => `<${name}>${escapeText(text)}</${name}>`;

/** The SCPD document (UDA 1.0 §2.3). Control points refuse what is not in it, so all that is answered is. */
export function scpdDocument(service: ServiceDescription): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>\r\n<scpd xmlns="urn:schemas-upnp-org:service-1-0">' +
    group('specVersion', [leaf('major', '1'), leaf('minor', '0')]) +
    group('actionList', service.actions.map(actionElement)) +
    group('serviceStateTable', service.variables.map(variableElement)) +
    '</scpd>'
  );
}

function actionElement({ name, args }: ActionDescription): string {
  const list = args.map((argument) =>
    group('argument', [
      leaf('name', argument.name),
      leaf('direction', argument.direction),
      leaf('relatedStateVariable', argument.variable),
    ]),
  );
  return group('action', [leaf('name', name), ...(list.length > 0 ? [group('argumentList', list)] : [])]);
}

function variableElement({ name, type, evented, allowed }: StateVariable): string {
  const values = allowed?.map((value) => leaf('allowedValue', value));
  const inside = [
    leaf('name', name),
    leaf('dataType', type),
    ...(values ? [group('allowedValueList', values)] : []),
  ];
  return `<stateVariable sendEvents="${evented ? 'yes' : 'no'}">${inside.join('')}</stateVariable>`;
}
