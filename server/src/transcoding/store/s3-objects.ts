import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { presignedGet } from './s3-presign.js';

export interface S3Settings {
  readonly bucket: string;
  /** Another server than Amazon's: MinIO, Garage, Ceph, a NAS. */
  readonly endpoint?: string | undefined;
  readonly region: string;
  /** For one request, its body included; default 10 s. */
  readonly timeoutMs?: number;
}

export interface S3Object {
  readonly key: string;
  readonly size: number;
  /** ms */
  readonly writtenMs: number;
}

/** Keys per request, S3's own limit. */
const perRequest = 1000;
const missing = new Set(['NoSuchKey', 'NotFound']);

/** One bucket, with a time limit on everything. Credentials come from the SDK's usual places (`AWS_*`). */
export class S3Objects {
  private readonly client: S3Client;
  private readonly timeoutMs: number;

  constructor(private readonly settings: S3Settings) {
    this.timeoutMs = settings.timeoutMs ?? 10_000;
    this.client = new S3Client({
      region: settings.region,
      ...(settings.endpoint ? { endpoint: settings.endpoint, forcePathStyle: true } : {}),
      maxAttempts: 2,
      // Many servers that speak S3 do not know the checksums Amazon added later.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: 3_000, requestTimeout: this.timeoutMs },
    });
  }

  /** The bytes, or undefined where there is no such object. */
  async get(key: string): Promise<Uint8Array | undefined> {
    return this.orMissing(() =>
      this.limited(async (abortSignal) => {
        const command = new GetObjectCommand({ Bucket: this.settings.bucket, Key: key });
        const { Body: body } = await this.client.send(command, { abortSignal });
        // The SDK's signal ends with the headers; the body may still hang.
        abortSignal.addEventListener('abort', () => {
          if (body && 'destroy' in body) body.destroy();
        });
        return body?.transformToByteArray();
      }),
    );
  }

  async has(key: string): Promise<boolean> {
    const command = new HeadObjectCommand({ Bucket: this.settings.bucket, Key: key });
    const found = await this.orMissing(() =>
      this.limited((abortSignal) => this.client.send(command, { abortSignal })),
    );
    return found !== undefined;
  }

  /** Whole or not at all, as S3 does it. */
  async put(key: string, bytes: Uint8Array): Promise<void> {
    const command = new PutObjectCommand({
      Bucket: this.settings.bucket,
      Key: key,
      Body: bytes,
      ContentType: 'video/mp4',
    });
    await this.limited((abortSignal) => this.client.send(command, { abortSignal }));
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (let at = 0; at < keys.length; at += perRequest) {
      const Objects = keys.slice(at, at + perRequest).map((Key) => ({ Key }));
      const command = new DeleteObjectsCommand({
        Bucket: this.settings.bucket,
        Delete: { Objects, Quiet: true },
      });
      const { Errors: [first] = [] } = await this.limited((abortSignal) =>
        this.client.send(command, { abortSignal }),
      );
      if (first) throw new Error(`The bucket did not delete ${first.Key}: ${first.Code}`);
    }
  }

  /** Every object below a prefix. */
  async *list(prefix: string): AsyncGenerator<S3Object> {
    let token: string | undefined;
    do {
      const command = new ListObjectsV2Command({
        Bucket: this.settings.bucket,
        Prefix: prefix,
        ContinuationToken: token,
      });
      const page = await this.limited((abortSignal) => this.client.send(command, { abortSignal }));
      for (const { Key: key, Size: size = 0, LastModified: written } of page.Contents ?? []) {
        if (key !== undefined) yield { key, size, writtenMs: written?.getTime() ?? 0 };
      }
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  /** @returns an address that gives the object to whoever has it, for `lifetimeSeconds` (a week at most) */
  async signedUrl(key: string, lifetimeSeconds: number, now = new Date()): Promise<string> {
    const { bucket, endpoint, region } = this.settings;
    const base = endpoint ?? `https://${bucket}.s3.${region}.amazonaws.com`;
    const path = endpoint ? `${bucket}/${key}` : key;
    const url = new URL(`${base.replace(/\/$/, '')}/${path}`);
    return presignedGet(url, await this.client.config.credentials(), { region, lifetimeSeconds, now });
  }

  close(): void {
    this.client.destroy();
  }

  private async orMissing<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof S3ServiceException && missing.has(error.name)) return undefined;
      throw error;
    }
  }

  private async limited<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`The segment bucket did not answer within ${this.timeoutMs} ms.`));
        abort.abort();
      }, this.timeoutMs);
    });
    try {
      return await Promise.race([ask(abort.signal), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
