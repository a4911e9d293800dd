import { BrowseService } from './browse.service.js';
import { DiscoverController } from './discover.controller.js';
import { DiscoverService } from './discover.service.js';
import { FoundItems } from './found-items.service.js';
import { HomeShelf } from './home-shelf.service.js';
import { KnownTitles } from './known-titles.service.js';

export const discoverControllers = [DiscoverController];
export const discoverProviders = [BrowseService, DiscoverService, FoundItems, HomeShelf, KnownTitles];
