import { Component } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { ToastOutlet } from './shell/toast-outlet';

/** Holds the page and what floats above every page. */
@Component({
  selector: 'app-root',
  imports: [RouterOutlet, ToastOutlet],
  template: '<router-outlet /><app-toast-outlet />',
})
export class App {}
