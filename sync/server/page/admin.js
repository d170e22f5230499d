// Shows devices and scopes; the token lives in this page and nowhere else.
"use strict";
const find = (id) => document.getElementById(id);
const say = (text) => { find("state").textContent = text; };
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
const time = (text) => (text ? new Date(text).toLocaleString("zh-CN") : "—");
let token = "";

function cell(row, text, kind) {
  const made = row.insertCell();
  made.textContent = text;
  if (kind) made.className = kind;
}

function fill(id, things, write) {
  const body = find(id).tBodies[0];
  body.replaceChildren();
  for (const thing of things) write(body.insertRow(), thing);
}

const count = (row, value) => cell(row, value, value ? "number due" : "number");

function showDevice(row, device) {
  cell(row, device.device_id);
  cell(row, device.usernames.join("、"));
  cell(row, time(device.last_seen));
  for (const value of [device.unsent, device.conflicts, device.forks, device.quarantined]) count(row, value);
  cell(row, device.revoked ? "已注销" : "正常", device.revoked ? "due" : "");
}

function showScope(row, scope) {
  cell(row, scope.scope);
  cell(row, scope.entries, "number");
  cell(row, scope.records, "number");
  cell(row, time(scope.last_at));
}

async function refresh() {
  const answer = await fetch("../v1/admin/overview", { headers: { Authorization: `Bearer ${token}` } });
  if (!answer.ok) {
    say(answer.status === 403 ? "此页只供系统管理员查看。" : "登录已过期，请重新登录。");
    find("door").hidden = false;
    find("overview").hidden = true;
    return;
  }
  const found = await answer.json();
  fill("devices", found.devices, showDevice);
  fill("scopes", found.scopes, showScope);
  say(`纪元 ${found.epoch}　${time(found.server_time)}`);
  find("door").hidden = true;
  find("overview").hidden = false;
  setTimeout(refresh, 15000);
}

async function device() {
  // A browser is a device of its own that never signs a change: its private key is thrown away.
  const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  return { device_id: `browser-${crypto.randomUUID()}`, public_key: base64(raw) };
}

find("door").addEventListener("submit", async (event) => {
  event.preventDefault();
  const said = { grant_type: "password", username: find("username").value, password: find("password").value };
  const form = new URLSearchParams({ ...said, ...(await device()) });
  const answer = await fetch("../v1/auth/token", { method: "POST", body: form });
  find("password").value = "";
  if (!answer.ok) {
    say(answer.status === 429 ? "尝试次数过多，请稍后再试。" : "用户名或密码不对。");
    return;
  }
  token = (await answer.json()).access_token;
  await refresh();
});
