{{- define "yuanliu.labels" -}}
app.kubernetes.io/name: yuanliu
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}
{{- define "yuanliu.selector" -}}
app.kubernetes.io/name: yuanliu
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
