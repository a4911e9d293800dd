import type { IncomingMessage } from 'node:http';
import { headerOf } from './request-facts.js';

/** What a device says about how it wants a resource; empty where it says nothing. */
export interface MediaRequest {
  readonly range: string;
  readonly ifRange: string;
  readonly transferMode: string;
  readonly getContentFeatures: string;
  readonly timeSeekRange: string;
  readonly playSpeed: string;
  readonly getMediaInfo: string;
  readonly getCaptionInfo: string;
  readonly getAvailableSeekRange: string;
}

export function mediaRequestOf(request: Pick<IncomingMessage, 'headers'>): MediaRequest {
  return {
    range: headerOf(request, 'Range'),
    ifRange: headerOf(request, 'If-Range'),
    transferMode: headerOf(request, 'transferMode.dlna.org'),
    getContentFeatures: headerOf(request, 'getcontentFeatures.dlna.org'),
    timeSeekRange: headerOf(request, 'TimeSeekRange.dlna.org'),
    playSpeed: headerOf(request, 'PlaySpeed.dlna.org'),
    getMediaInfo: headerOf(request, 'getMediaInfo.sec'),
    getCaptionInfo: headerOf(request, 'getCaptionInfo.sec'),
    getAvailableSeekRange: headerOf(request, 'getAvailableSeekRange.dlna.org'),
  };
}
