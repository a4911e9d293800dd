import { RendererController } from './renderer.controller.js';
import { RendererHouse } from './renderer-house.service.js';
import { RendererService } from './renderer.service.js';
import { ScreenDevices } from './screen-devices.service.js';
import { SenderRights } from './sender-rights.service.js';
import { ScreenFactory } from './screen-factory.service.js';

/** For the module that has the media server and `CastMedia`. */
export const rendererProviders = [RendererHouse, RendererService, ScreenDevices, ScreenFactory, SenderRights];
export const rendererControllers = [RendererController];
