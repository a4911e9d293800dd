import { childOf, parseXml, type XmlElement } from '../wire/xml.js';
import { deviceServices } from './device-description.js';
import { scpdDocument, servicePaths, type ServiceDescription } from './service-description.js';

const textOf = (element: XmlElement | undefined, name: string): string => childOf(element, name)?.text ?? '';
const listOf = (service: ServiceDescription, list: string): readonly XmlElement[] =>
  childOf(parseXml(scpdDocument(service)), list)?.children ?? [];

test.each(deviceServices.map((service) => [service.name, service] as const))(
  '%s: every argument has its variable, and every variable its use',
  (_, service) => {
    const variables = listOf(service, 'serviceStateTable');
    const known = new Set(variables.map((variable) => textOf(variable, 'name')));
    expect(known.size).toBe(variables.length);
    const used = new Set<string>();
    for (const action of listOf(service, 'actionList'))
      for (const argument of childOf(action, 'argumentList')?.children ?? []) {
        expect(['in', 'out']).toContain(textOf(argument, 'direction'));
        expect(known).toContain(textOf(argument, 'relatedStateVariable'));
        used.add(textOf(argument, 'relatedStateVariable'));
      }
    for (const variable of variables) {
      expect(['yes', 'no']).toContain(variable.attributes.get('sendEvents'));
      expect(textOf(variable, 'dataType')).not.toBe('');
      if (variable.attributes.get('sendEvents') === 'no') expect(used).toContain(textOf(variable, 'name'));
    }
  },
);

const argumentsOf = (service: string, action: string, direction: 'in' | 'out'): string[] =>
  (
    deviceServices.find(({ name }) => name === service)?.actions.find(({ name }) => name === action)?.args ??
    []
  )
    .filter((argument) => argument.direction === direction)
    .map(({ name }) => name);

test('arguments in the order of the standard', () => {
  expect(argumentsOf('ContentDirectory', 'Browse', 'in')).toEqual([
    'ObjectID',
    'BrowseFlag',
    'Filter',
    'StartingIndex',
    'RequestedCount',
    'SortCriteria',
  ]);
  expect(argumentsOf('ContentDirectory', 'Search', 'out')).toEqual([
    'Result',
    'NumberReturned',
    'TotalMatches',
    'UpdateID',
  ]);
  expect(argumentsOf('ConnectionManager', 'GetCurrentConnectionInfo', 'out')).toEqual([
    'RcsID',
    'AVTransportID',
    'ProtocolInfo',
    'PeerConnectionManager',
    'PeerConnectionID',
    'Direction',
    'Status',
  ]);
});

test('what is evented', () => {
  const evented = deviceServices.map(({ variables }) =>
    variables.filter((variable) => variable.evented).map(({ name }) => name),
  );
  expect(evented).toEqual([
    ['TransferIDs', 'SystemUpdateID', 'ContainerUpdateIDs'],
    ['SourceProtocolInfo', 'SinkProtocolInfo', 'CurrentConnectionIDs'],
    [
      'AuthorizationDeniedUpdateID',
      'AuthorizationGrantedUpdateID',
      'ValidationRevokedUpdateID',
      'ValidationSucceededUpdateID',
    ],
  ]);
});

test('nothing that writes is offered, but for where somebody stopped', () => {
  const names = deviceServices.flatMap(({ actions }) => actions.map(({ name }) => name));
  for (const name of [
    'CreateObject',
    'DestroyObject',
    'MoveObject',
    'ImportResource',
    'PrepareForConnection',
    'ConnectionComplete',
  ])
    expect(names).not.toContain(name);
  expect(names).toContain('X_GetFeatureList');
});

test('paths are a service’s own', () => {
  const paths = deviceServices
    .map(servicePaths)
    .flatMap(({ scpd, control, events }) => [scpd, control, events]);
  expect(new Set(paths).size).toBe(9);
  for (const path of paths) expect(path).toMatch(/^\/\w+\/[\w.]+$/);
});
