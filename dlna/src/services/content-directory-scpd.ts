import { action, variable, type ServiceDescription } from './service-description.js';

const list = {
  Filter: 'A_ARG_TYPE_Filter',
  StartingIndex: 'A_ARG_TYPE_Index',
  RequestedCount: 'A_ARG_TYPE_Count',
  SortCriteria: 'A_ARG_TYPE_SortCriteria',
} as const;

const listed = {
  Result: 'A_ARG_TYPE_Result',
  NumberReturned: 'A_ARG_TYPE_Count',
  TotalMatches: 'A_ARG_TYPE_Count',
  UpdateID: 'A_ARG_TYPE_UpdateID',
} as const;

/**
 * ContentDirectory:1, with Samsung's two and the lists of features and of sort modifiers (version 2). Nothing of what is
 * listed can be changed; UpdateObject is how Kodi tells where somebody stopped.
 */
export const contentDirectoryScpd: ServiceDescription = {
  name: 'ContentDirectory',
  serviceType: 'urn:schemas-upnp-org:service:ContentDirectory:1',
  serviceId: 'urn:upnp-org:serviceId:ContentDirectory',
  actions: [
    action('GetSearchCapabilities', {}, { SearchCaps: 'SearchCapabilities' }),
    action('GetSortCapabilities', {}, { SortCaps: 'SortCapabilities' }),
    action('GetSortExtensionCapabilities', {}, { SortExtensionCaps: 'SortExtensionCapabilities' }),
    action('GetFeatureList', {}, { FeatureList: 'FeatureList' }),
    action('GetSystemUpdateID', {}, { Id: 'SystemUpdateID' }),
    action(
      'Browse',
      { ObjectID: 'A_ARG_TYPE_ObjectID', BrowseFlag: 'A_ARG_TYPE_BrowseFlag', ...list },
      listed,
    ),
    action(
      'Search',
      { ContainerID: 'A_ARG_TYPE_ObjectID', SearchCriteria: 'A_ARG_TYPE_SearchCriteria', ...list },
      listed,
    ),
    action(
      'UpdateObject',
      {
        ObjectID: 'A_ARG_TYPE_ObjectID',
        CurrentTagValue: 'A_ARG_TYPE_TagValueList',
        NewTagValue: 'A_ARG_TYPE_TagValueList',
      },
      {},
    ),
    action('X_GetFeatureList', {}, { FeatureList: 'A_ARG_TYPE_Featurelist' }),
    action(
      'X_SetBookmark',
      {
        CategoryType: 'A_ARG_TYPE_CategoryType',
        RID: 'A_ARG_TYPE_RID',
        ObjectID: 'A_ARG_TYPE_ObjectID',
        PosSecond: 'A_ARG_TYPE_PosSec',
      },
      {},
    ),
  ],
  variables: [
    variable('TransferIDs', 'string', { evented: true }),
    variable('SystemUpdateID', 'ui4', { evented: true }),
    variable('ContainerUpdateIDs', 'string', { evented: true }),
    variable('SearchCapabilities', 'string'),
    variable('SortCapabilities', 'string'),
    variable('SortExtensionCapabilities', 'string'),
    variable('FeatureList', 'string'),
    variable('A_ARG_TYPE_ObjectID', 'string'),
    variable('A_ARG_TYPE_Result', 'string'),
    variable('A_ARG_TYPE_SearchCriteria', 'string'),
    variable('A_ARG_TYPE_BrowseFlag', 'string', { allowed: ['BrowseMetadata', 'BrowseDirectChildren'] }),
    variable('A_ARG_TYPE_Filter', 'string'),
    variable('A_ARG_TYPE_SortCriteria', 'string'),
    variable('A_ARG_TYPE_Index', 'ui4'),
    variable('A_ARG_TYPE_Count', 'ui4'),
    variable('A_ARG_TYPE_UpdateID', 'ui4'),
    variable('A_ARG_TYPE_TagValueList', 'string'),
    variable('A_ARG_TYPE_Featurelist', 'string'),
    variable('A_ARG_TYPE_CategoryType', 'ui4'),
    variable('A_ARG_TYPE_RID', 'ui4'),
    variable('A_ARG_TYPE_PosSec', 'ui4'),
  ],
};
