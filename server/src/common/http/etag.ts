/** Whether a client has it already: RFC 9110 section 13.1.2, a list of tags, weak or not, or `*`. */
export const knows = (header: string | undefined, etag: string): boolean =>
  header !== undefined && header.split(',').some((tag) => [etag, `W/${etag}`, '*'].includes(tag.trim()));
