import { describe, expect, it } from 'vitest';
import {
  badgeBitmap,
  badgeSize,
  isExternalAddress,
  isOwnPage,
  isPermissionGranted,
  isTrustedSender,
  startPage,
  windowPreferences,
} from '../../src/main/hosts/electron/policy.ts';

it('draws a dot for the icon: opaque in the middle, nothing in the corners', () => {
  const pixels = badgeBitmap();
  expect(pixels).toHaveLength(badgeSize * badgeSize * 4);
  const opacity = (x: number, y: number): number | undefined => pixels[(y * badgeSize + x) * 4 + 3];
  expect([opacity(8, 8), opacity(0, 0), opacity(15, 15)]).toEqual([255, 0, 0]);
});

describe('pages', () => {
  it.each([startPage, 'app://companion/assets/x.js', 'app://companion/index.html#/webhooks'])(
    '%s is ours',
    (url) => {
      expect(isOwnPage(url)).toBe(true);
    },
  );

  it.each([
    'https://companion/index.html',
    'app://companion.evil/index.html',
    'app://evil/index.html',
    'app://companion@evil/index.html',
    'app:companion',
    'file:///etc/passwd',
    'about:blank',
    '',
  ])('%s is not ours', (url) => {
    expect(isOwnPage(url)).toBe(false);
  });

  it('hears messages from the main frame of our page only', () => {
    expect(isTrustedSender({ url: startPage, isMainFrame: true })).toBe(true);
    expect(isTrustedSender({ url: startPage, isMainFrame: false })).toBe(false);
    expect(isTrustedSender({ url: 'https://example.invalid/', isMainFrame: true })).toBe(false);
    expect(isTrustedSender(null)).toBe(false);
  });
});

describe('addresses for the browser', () => {
  it.each(['https://marketplace.gohighlevel.com/', 'http://localhost:4402/'])('%s may be opened', (url) => {
    expect(isExternalAddress(url)).toBe(true);
  });

  it.each([
    'file:///usr/bin/xcalc',
    'javascript:alert(1)',
    'smb://host/share',
    'ms-msdt:/id',
    'https://user:secret@host/',
    'nonsense',
  ])('%s may not', (url) => {
    expect(isExternalAddress(url)).toBe(false);
  });
});

describe('permissions', () => {
  it('grants clipboard writing and notifications to our page', () => {
    expect(isPermissionGranted('clipboard-sanitized-write', startPage)).toBe(true);
    expect(isPermissionGranted('notifications', startPage)).toBe(true);
  });

  it.each(['geolocation', 'media', 'usb', 'clipboard-read', 'openExternal'])('refuses %s', (permission) => {
    expect(isPermissionGranted(permission, startPage)).toBe(false);
  });

  it('grants nothing to another page', () => {
    expect(isPermissionGranted('clipboard-sanitized-write', 'https://example.invalid/')).toBe(false);
  });
});

it('a window is sandboxed, isolated and has no Node', () => {
  expect(windowPreferences('/preload.cjs')).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    navigateOnDragDrop: false,
  });
});
