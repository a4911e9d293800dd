import { Hearth, type HearthOptions } from '../../support/hearth.js';
import { Lan, type LanHost, type LanPlan } from '../../support/lan.js';
import { LanDoor } from '../../support/lan-door.js';

/** Two networks of a house, a VPN, and somebody in each; Hearth's machine is in all of them. */
export const twoLans: LanPlan = {
  hearth: { eth0: '10.77.0.1', eth1: '10.88.0.1', wg0: '10.99.0.1' },
  east: { eth0: '10.77.0.2' },
  west: { eth0: '10.88.0.2' },
  stranger: { eth0: '10.99.0.2' },
};

/** A whole Hearth on the machine `hearth` of a network. */
export class LanHearth {
  private constructor(
    readonly lan: Lan,
    readonly hearth: Hearth,
    private readonly doors: LanDoor[],
  ) {}

  static async start(plan: LanPlan = twoLans, options: HearthOptions = {}): Promise<LanHearth> {
    return LanHearth.on(await Lan.create(plan), options);
  }

  /** On a network that is there already, with whoever listens in it. */
  static async on(lan: Lan, options: HearthOptions = {}): Promise<LanHearth> {
    const host = lan.host('hearth');
    const doors: LanDoor[] = [];
    const starting = Hearth.start({
      ...options,
      launcher: host.entry,
      env: {
        HOST: '0.0.0.0',
        DLNA_ENABLED: 'true',
        DLNA_NAME: 'Lan Hearth',
        DLNA_PORT: '8097',
        ...options.env,
      },
      reach: async (port) => {
        const door = await LanDoor.to(host, port);
        doors.push(door);
        return door.url;
      },
    });
    try {
      return new LanHearth(lan, await starting, doors);
    } catch (error) {
      await lan.dispose();
      throw error;
    }
  }

  host(name: string): LanHost {
    return this.lan.host(name);
  }

  async dispose(): Promise<void> {
    await this.hearth.dispose();
    await Promise.all(this.doors.map((door) => door.close()));
    await this.lan.dispose();
  }
}
