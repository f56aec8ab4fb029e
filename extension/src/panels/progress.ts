/** "1,024 of 2,048 evaluations · about 3 s left". No estimate in the first second or before a twentieth is done. */
export function progressText(message: string, fraction: number | undefined, elapsed: number): string {
  if (/ left$/.test(message)) return message; // the server knows better
  if (fraction === undefined || fraction < 0.05 || fraction >= 1 || elapsed < 1000) return message;
  return `${message} · about ${duration((elapsed * (1 - fraction)) / fraction)} left`;
}

/** 0.8 s, 14 s, 2 min 10 s. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 0.95) return `${Math.max(0.1, seconds).toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const tens = Math.round(whole / 10) * 10;
  const [minutes, rest] = [Math.floor(tens / 60), tens % 60];
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}
