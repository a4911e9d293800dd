import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Credit, Image } from '@hearth/contract/title';
import { Carousel } from '../../ui/carousel';
import { Icon } from '../../ui/icon';
import { Picture } from '../../ui/picture';
import { translator } from '../i18n/i18n';
import { paths } from '../paths';
import { castMessages } from './messages';

/** Of a title that the library does not have, nobody is known beyond it. */
export type CastCredit = Omit<Credit, 'personId'> & Partial<Pick<Credit, 'personId'>>;

interface Member {
  readonly key: string;
  /** Of the library’s person. */
  readonly id: string | undefined;
  readonly name: string;
  readonly part: string;
  readonly image: Image | null;
}

/** Who is in it, each once, with what they do; each leads to everything with them, where the library knows them. */
@Component({
  selector: 'app-cast-row',
  imports: [Carousel, Icon, NgTemplateOutlet, Picture, RouterLink],
  template: `
    <ng-template #face let-member>
      <span class="face">
        @if (member.image; as image) {
          <app-picture [image]="image" sizes="128px" />
        } @else {
          <app-icon name="person-fill" />
        }
      </span>
      <span class="name">{{ member.name }}</span>
      <span class="part">{{ member.part }}</span>
    </ng-template>
    @if (members().length > 0) {
      <app-carousel class="faces" key="cast" [heading]="t('cast')" [plain]="!linked()">
        @for (member of members(); track member.key) {
          @if (member.id) {
            <a
              class="member"
              [routerLink]="everything"
              [queryParams]="{ personId: member.id, person: member.name }"
            >
              <ng-container [ngTemplateOutlet]="face" [ngTemplateOutletContext]="{ $implicit: member }" />
            </a>
          } @else {
            <div class="member">
              <ng-container [ngTemplateOutlet]="face" [ngTemplateOutletContext]="{ $implicit: member }" />
            </div>
          }
        }
      </app-carousel>
    }
  `,
  styles: `
    .faces {
      --card: 7.5rem;
    }
    .member {
      display: block;
      border-radius: var(--app-radius);
      text-align: center;
    }
    .face {
      position: relative;
      display: grid;
      place-items: center;
      overflow: hidden;
      inline-size: 6.5rem;
      block-size: 6.5rem;
      margin: 0 auto 0.625rem;
      border-radius: var(--app-radius-pill);
      background: color-mix(in srgb, var(--app-text) 9%, transparent);
      color: var(--app-text-3);
    }
    .face app-icon {
      inline-size: 3rem;
      block-size: 3rem;
    }
    a:hover .face {
      box-shadow: 0 0 0 2px var(--app-accent);
    }
    .name,
    .part {
      display: block;
      font-size: var(--app-text-sm);
      line-height: 1.3;
      overflow-wrap: anywhere;
    }
    .name {
      font-weight: 570;
    }
    .part {
      color: var(--app-text-2);
    }
  `,
})
export class CastRow {
  readonly credits = input.required<readonly CastCredit[]>();
  protected readonly t = translator(castMessages);
  protected readonly everything = paths.everything();
  protected readonly linked = computed(() => this.credits().some(({ personId }) => personId !== undefined));
  protected readonly members = computed(() => {
    const members = new Map<string, Member>();
    for (const credit of this.credits()) {
      const part = credit.character || this.t(credit.role);
      const key = credit.personId ?? credit.name;
      const known = members.get(key);
      members.set(key, {
        key,
        id: credit.personId,
        name: credit.name,
        part: known ? `${known.part}, ${part}` : part,
        image: credit.image ?? known?.image ?? null,
      });
    }
    return [...members.values()].slice(0, 40);
  });
}
