# One image for every service, the edge and the migration command: the command chooses.
# It is built where there is a compiler: pkcs11js is compiled, against the headers that come with Node.
FROM node:24-bookworm AS build
ENV npm_config_nodedir=/usr/local
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY apps apps
COPY libs libs
COPY tools tools
COPY nx.json tsconfig.json .swcrc ./
RUN npm ci --include=dev && npx nx run-many -t build && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build --chown=root:root /app /app
RUN install -d -o 65532 -g 65532 /var/lib/shuzheng
USER 65532:65532
EXPOSE 3000
CMD ["node", "apps/all-in-one/dist/main.js"]
