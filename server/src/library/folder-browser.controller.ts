import { systemRoutes } from '@hearth/contract/system';
import type { RouteInput, RouteReply } from '@hearth/contract/route';
import { Controller } from '@nestjs/common';
import { Handle, Input } from '../common/http/handle.js';
import { FolderBrowser } from './folder-browser.js';

@Controller()
export class FolderBrowserController {
  constructor(private readonly folders: FolderBrowser) {}

  @Handle(systemRoutes.folders)
  list(
    @Input() { path }: RouteInput<typeof systemRoutes.folders>,
  ): Promise<RouteReply<typeof systemRoutes.folders>> {
    return this.folders.list(path);
  }
}
