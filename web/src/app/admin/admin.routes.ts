import type { Routes } from '@angular/router';
import { Admin } from './admin';

export const adminRoutes: Routes = [{ path: '', component: Admin }];
