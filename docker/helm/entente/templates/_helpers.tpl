{{- define "entente.fullname" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 52 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" }}{{ end -}}
{{- end }}

{{- define "entente.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "entente.labels" -}}
{{ include "entente.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "entente.image" -}}
{{- with .Values.image }}{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}{{ end -}}
{{- end }}

{{- define "entente.environment" -}}
env:
  - { name: ENTENTE_HOST, value: 0.0.0.0 }
  - { name: ENTENTE_PORT, value: "4350" }
  - { name: ENTENTE_DATA, value: /data }
  - { name: ENTENTE_LEDGER_KEY, value: {{ if .Values.ledger.keySecret }}/ledger-key/key.pem{{ else }}/ledger/key.pem{{ end }} }
  - { name: ENTENTE_LEDGER_GUARD, value: /ledger/guard }
  - { name: ENTENTE_JOURNAL, value: /ledger/removals.journal }
  {{- if .Values.eventStore.urlSecret }}
  - name: EVENTSTORE_URL
    valueFrom: { secretKeyRef: { name: {{ .Values.eventStore.urlSecret }}, key: EVENTSTORE_URL } }
  {{- end }}
  {{- range $name, $value := .Values.settings }}
  - { name: {{ $name }}, value: {{ $value | quote }} }
  {{- end }}
{{- with .Values.envFrom }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "entente.shut" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end }}

{{- define "entente.mounts" -}}
volumeMounts:
  - { name: data, mountPath: /data }
  - { name: ledger, mountPath: /ledger }
  - { name: tmp, mountPath: /tmp }
  {{- if .Values.ledger.keySecret }}
  - { name: ledger-key, mountPath: /ledger-key }
  {{- end }}
{{- end }}
