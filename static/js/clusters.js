/* Points that would lie over each other on the screen, taken together: by the squares of a grid. */

/* points: {lat, lon, count}; project(point) → {x, y} in pixels of this zoom; size: the side of a square in pixels.
   Gives {lat, lon, count, points}, the middle weighed by how much is on offer. */
export function clusters(points, project, size) {
  const squares = new Map();
  for (const point of points) {
    const { x, y } = project(point);
    const key = `${Math.floor(x / size)}:${Math.floor(y / size)}`;
    const square = squares.get(key) ?? { lat: 0, lon: 0, count: 0, points: [] };
    square.lat += point.lat * point.count;
    square.lon += point.lon * point.count;
    square.count += point.count;
    square.points.push(point);
    squares.set(key, square);
  }
  return [...squares.values()].map((square) => ({
    ...square,
    lat: square.lat / square.count,
    lon: square.lon / square.count,
  }));
}

/* Whether all of them lie at one spot, so that no zoom takes them apart. */
export function together(points) {
  return points.every((point) => point.lat === points[0].lat && point.lon === points[0].lon);
}
