import { Component } from '@angular/core';

/** Placeholder until this feature's own page takes its place. */
@Component({ selector: 'app-invite', template: '<p class="page">…</p>' })
export class Invite {}
