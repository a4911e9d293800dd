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

/** The SCPD document. */
export function scpdDocument(service: ServiceDescription): string {
  return `not written yet ${service.name}`;
}
