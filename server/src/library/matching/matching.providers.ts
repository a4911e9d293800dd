import { Artwork } from './artwork.js';
import { CandidateViews } from './candidate-views.js';
import { MatchJob } from './match-job.js';
import { MatchingController } from './matching.controller.js';
import { MatchingService } from './matching.service.js';
import { TitleFiller } from './title-filler.js';
import { TitleFinder } from './title-finder.js';
import { UnsureTitles } from './unsure-titles.service.js';

export const matchingControllers = [MatchingController];
export const matchingProviders = [
  Artwork,
  CandidateViews,
  MatchJob,
  MatchingService,
  TitleFiller,
  TitleFinder,
  UnsureTitles,
];
