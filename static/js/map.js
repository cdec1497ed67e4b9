/* A map to move about in: Leaflet, fetched when somebody opens the map and not before. Its markers say how much is on offer where.

   Without tiles it draws the country itself: a dot of land around every municipality, and their names.
   Without this file the page shows the municipalities as hexagons, with links. */

const SQUARE = 64;
const FLANDERS = [
  [50.68, 2.54],
  [51.51, 5.92],
];
const NEAR_ZOOM = 11;
const CLOSEST = 16;
const LAND_M = 8000;
// Where a list opens, so that the buttons of the map do not lie on it.
const BESIDE_ZOOM = [58, 8];
const LABELS = [
  { from: 0, people: 100000 },
  { from: 9, people: 40000 },
  { from: 10, people: 15000 },
  { from: 11, people: 0 },
];

const load = (tag, attributes) =>
  new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.addEventListener("load", resolve);
    element.addEventListener("error", reject);
    document.head.append(element);
  });

const element = (tag, text, attributes = {}) => Object.assign(document.createElement(tag), { textContent: text, ...attributes });

/* A role of ours as a canvas knows colours: without light-dark(). */
function colour(name) {
  const sample = document.body.appendChild(document.createElement("i"));
  sample.style.color = `var(${name})`;
  const value = getComputedStyle(sample).color;
  sample.remove();
  return value;
}

export class LiveMap {
  constructor(box) {
    this.box = box;
    this.data = box.dataset;
    this.status = box.querySelector(".map-status");
  }

  async open() {
    this.box.hidden = false;
    this.status.textContent = this.data.coming;
    try {
      const [points, grid] = await Promise.all([
        this.fetched(this.data.map),
        import(this.data.clusters),
        window.L ?? load("script", { src: this.data.leaflet }),
        ...this.styles(),
      ]);
      Object.assign(this, { points, grid });
      this.draw();
      await this.ground();
      this.status.textContent = "";
    } catch {
      this.status.textContent = this.data.failed;
      this.box.querySelector(".map-canvas").hidden = true;
    }
  }

  /* Once for the page; already there on the page of the map. */
  styles() {
    const missing = this.data.styles.split(" ").filter((href) => !document.querySelector(`link[href="${href}"]`));
    return missing.map((href) => load("link", { rel: "stylesheet", href }));
  }

  async fetched(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    return (await answer.json()).features.map(({ geometry, properties }) => ({
      lat: geometry.coordinates[1],
      lon: geometry.coordinates[0],
      ...properties,
    }));
  }

  /* The same map after another choice; without an address nothing was found. */
  async refresh(address) {
    this.points = address ? await this.fetched(address) : [];
    this.mark();
  }

  close() {
    this.map?.remove();
    this.box.hidden = true;
  }

  draw() {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map = L.map(this.box.querySelector(".map-canvas"), {
      zoomControl: false,
      zoomAnimation: !calm,
      fadeAnimation: !calm,
      markerZoomAnimation: !calm,
      maxZoom: CLOSEST,
      minZoom: 7,
      preferCanvas: true,
      zoomSnap: this.data.tiles ? 1 : 0.25,
    });
    this.map.attributionControl.setPrefix(false);
    L.control.zoom({ zoomInTitle: this.data.closer, zoomOutTitle: this.data.further }).addTo(this.map);
    this.markers = L.layerGroup().addTo(this.map);
    this.show();
    this.mark();
    this.map.on("zoomend", () => this.mark());
    this.map.on("popupopen", ({ popup }) => this.opened(popup));
  }

  show() {
    const { lat, lon } = this.data;
    if (lat) this.map.setView([Number(lat), Number(lon)], NEAR_ZOOM);
    else if (this.points.length) this.map.fitBounds(this.points.map((point) => [point.lat, point.lon]), { padding: [30, 30], maxZoom: 12 });
    else this.map.fitBounds(FLANDERS);
  }

  /* What lies under the markers. */
  async ground() {
    if (this.data.tiles) {
      L.tileLayer(this.data.tiles, { attribution: this.data.credit, maxZoom: CLOSEST }).addTo(this.map);
      return;
    }
    this.towns = (await (await fetch(this.data.land)).json()).municipalities.sort((one, other) => other[3] - one[3]);
    this.names = L.layerGroup().addTo(this.map);
    this.land = L.layerGroup().addTo(this.map);
    this.paint();
    this.name();
    this.map.on("zoomend", () => this.name());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.paint());
  }

  paint() {
    this.land.clearLayers();
    const land = { stroke: false, fillColor: colour("--map-land"), fillOpacity: 1, interactive: false };
    for (const [, lat, lon] of this.towns) L.circle([lat, lon], { radius: LAND_M, ...land }).addTo(this.land);
    const town = { ...land, fillColor: colour("--map-town") };
    for (const [, lat, lon, people] of this.towns) L.circle([lat, lon], { radius: 4 * Math.sqrt(people), ...town }).addTo(this.land);
    if (!this.data.lat) return;
    const home = [Number(this.data.lat), Number(this.data.lon)];
    for (const km of [5, 10, 20]) {
      L.circle(home, { radius: km * 1000, fill: false, color: colour("--map-ring"), weight: 1.5, dashArray: "4 6", interactive: false }).addTo(this.land);
    }
  }

  name() {
    const zoom = this.map.getZoom();
    const fewest = LABELS.findLast((label) => zoom >= label.from).people;
    this.names.clearLayers();
    const taken = [];
    for (const [name, lat, lon, people] of this.towns) {
      const at = this.map.project([lat, lon], zoom);
      if (people < fewest || taken.some((other) => Math.abs(at.x - other.x) < 80 && Math.abs(at.y - other.y) < 20)) continue;
      taken.push(at);
      const icon = L.divIcon({ className: "map-name", html: element("span", name), iconSize: [0, 0] });
      L.marker([lat, lon], { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(this.names);
    }
  }

  mark() {
    this.markers.clearLayers();
    const zoom = this.map.getZoom();
    const project = (point) => this.map.project([point.lat, point.lon], zoom);
    for (const group of this.grid.clusters(this.points, project, SQUARE)) this.marker(group);
    if (this.data.lat) this.home();
  }

  marker(group) {
    const one = group.points.length === 1 || this.grid.together(group.points);
    const much = this.activities(group.count);
    const words = one ? `${group.points[0].name}: ${much}` : `${much}, ${this.data.places.replace("#", group.points.length)}`;
    const icon = L.divIcon({ className: `map-marker${one ? " is-one" : ""}`, html: element("span", String(group.count)), iconSize: [44, 44] });
    const marker = L.marker([group.lat, group.lon], { icon, title: words, riseOnHover: true }).addTo(this.markers);
    marker.getElement().setAttribute("aria-label", words);
    if (one) marker.bindPopup(() => this.list(group), { minWidth: 220, maxWidth: 250, maxHeight: 260, autoPanPaddingTopLeft: BESIDE_ZOOM });
    else marker.on("click", () => this.nearer(group));
  }

  /* Leaflet takes Enter on a marker for a click; the focus follows to the first marker of the closer look. */
  nearer(group) {
    this.map.once("moveend", () => this.box.querySelector(".map-marker")?.focus());
    this.map.fitBounds(group.points.map((point) => [point.lat, point.lon]), { padding: [40, 40], maxZoom: CLOSEST });
  }

  /* How much, in the language of the page. */
  activities(count) {
    return count === 1 ? this.data.one : this.data.many.replace("#", count);
  }

  home() {
    const icon = L.divIcon({ className: "map-home", html: element("span", this.data.home), iconSize: [0, 0] });
    L.marker([Number(this.data.lat), Number(this.data.lon)], { icon, interactive: false, keyboard: false }).addTo(this.markers);
  }

  list(group) {
    const box = element("div", "", { className: "map-list" });
    for (const point of group.points) {
      const items = point.offers.map((offer) => {
        const item = element("li", "");
        item.append(element("a", offer.title, { href: offer.url }), element("span", offer.facts));
        return item;
      });
      const more = point.count - point.offers.length;
      if (more > 0) items.push(element("li", this.data.more.replace("#", this.activities(more))));
      const list = element("ul", "");
      list.append(...items);
      box.append(element("strong", point.name), list);
    }
    return box;
  }

  opened(popup) {
    const button = popup.getElement().querySelector(".leaflet-popup-close-button");
    button?.setAttribute("aria-label", this.data.close);
    button?.setAttribute("role", "button");
    popup.getElement().querySelector(".map-list a")?.focus();
  }
}
