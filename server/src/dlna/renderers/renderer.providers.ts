import { CastFetchesService } from '../cast-fetches.service.js';
import { RendererController } from './renderer.controller.js';
import { RendererHouse } from './renderer-house.service.js';
import { RendererService } from './renderer.service.js';

/** For the module that has the media server: it provides `CastMedia`, and starts and stops `RendererHouse`. */
export const rendererProviders = [CastFetchesService, RendererHouse, RendererService];
export const rendererControllers = [RendererController];
