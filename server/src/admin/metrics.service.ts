import { Injectable } from '@nestjs/common';
import { UrlSigner } from '../common/url-signer.js';
import { PlaybackService } from '../playback/playback.service.js';
import { ProviderService } from '../provider/provider.service.js';
import { StreamMetrics } from '../playback/stream/stream-metrics.service.js';
import { histogramSamples, type Metric, prometheusText } from './prometheus.js';

const year = 365 * 24 * 60 * 60;

/** What a Prometheus server reads: what viewers feel, and what the process uses. */
@Injectable()
export class MetricsService {
  constructor(
    private readonly streams: StreamMetrics,
    private readonly playback: PlaybackService,
    private readonly providers: ProviderService,
    private readonly signer: UrlSigner,
  ) {}

  /** Path and signature; Prometheus cannot sign in. */
  address(accountId: string): string {
    return this.signer.sign('/api/metrics', accountId, year);
  }

  async text(): Promise<string> {
    const { firstSegment, segment, problems, bytesSent } = this.streams;
    return prometheusText([
      {
        name: 'hearth_first_segment_seconds',
        type: 'histogram',
        help: 'From the request to play to the first segment sent.',
        samples: Object.entries(firstSegment).flatMap(([method, counted]) =>
          histogramSamples(counted, { method }),
        ),
      },
      {
        name: 'hearth_segment_seconds',
        type: 'histogram',
        help: 'From the request for a segment to its first byte.',
        samples: histogramSamples(segment),
      },
      {
        name: 'hearth_stream_problems_total',
        type: 'counter',
        help: 'Problems answered instead of a piece of a stream.',
        samples: [...problems].map(([code, value]) => ({ labels: { code }, value })),
      },
      this.keptAnswers(),
      one('hearth_stream_bytes_total', 'counter', 'Bytes of segments sent.', bytesSent),
      one('hearth_active_streams', 'gauge', 'Sessions that play.', await this.playback.activeCount()),
      one('process_resident_memory_bytes', 'gauge', 'Resident memory.', process.memoryUsage.rss()),
      one('process_cpu_seconds_total', 'counter', 'CPU time.', cpuSeconds()),
      one(
        'process_start_time_seconds',
        'gauge',
        'Start, since the epoch.',
        Date.now() / 1000 - process.uptime(),
      ),
    ]);
  }

  private keptAnswers(): Metric {
    return {
      name: 'hearth_provider_answers_total',
      type: 'counter',
      help: 'Questions to providers, by what was kept of them.',
      samples: Object.entries(this.providers.keptCounts).map(([kept, value]) => ({
        labels: { kept },
        value,
      })),
    };
  }
}

const one = (name: string, type: Metric['type'], help: string, value: number): Metric => ({
  name,
  type,
  help,
  samples: [{ value }],
});

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
